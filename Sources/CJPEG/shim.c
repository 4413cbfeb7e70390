#include "shim.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

typedef struct {
    struct jpeg_error_mgr manager; /* first, so that cinfo->err is also an Errors */
    jmp_buf jump;
    char *message;
} Errors;

struct BackdropJPEGReader {
    struct jpeg_decompress_struct cinfo;
    Errors errors;
};

static void on_error(j_common_ptr cinfo) {
    Errors *errors = (Errors *)cinfo->err;
    char reason[JMSG_LENGTH_MAX];
    cinfo->err->format_message(cinfo, reason);
    if (errors->message != NULL) {
        strncpy(errors->message, reason, BACKDROP_JPEG_MESSAGE_SIZE - 1);
        errors->message[BACKDROP_JPEG_MESSAGE_SIZE - 1] = 0;
    }
    longjmp(errors->jump, 1);
}

/* libjpeg only warns of data that end too early or can't be right, and invents grey pixels. To a product photo that is an error. */
static void on_message(j_common_ptr cinfo, int level) {
    if (level >= 0) return;
    switch (cinfo->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_ARITH_BAD_CODE:
        on_error(cinfo);
        break;
    default:
        break;
    }
}

static void set_up_errors(Errors *errors, char *message) {
    jpeg_std_error(&errors->manager);
    errors->manager.error_exit = on_error;
    errors->manager.emit_message = on_message;
    errors->message = message;
}

BackdropJPEGReader *backdrop_jpeg_open(const uint8_t *bytes, size_t length, BackdropJPEGHeader *header, char *message) {
    BackdropJPEGReader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        strncpy(message, "out of memory", BACKDROP_JPEG_MESSAGE_SIZE);
        return NULL;
    }
    set_up_errors(&reader->errors, message);
    reader->cinfo.err = &reader->errors.manager;
    if (setjmp(reader->errors.jump) != 0) {
        backdrop_jpeg_close(reader);
        return NULL;
    }
    jpeg_create_decompress(&reader->cinfo);
    jpeg_mem_src(&reader->cinfo, bytes, (unsigned long)length);
    jpeg_read_header(&reader->cinfo, TRUE);
    header->width = reader->cinfo.image_width;
    header->height = reader->cinfo.image_height;
    header->components = reader->cinfo.num_components;
    return reader;
}

int backdrop_jpeg_read(BackdropJPEGReader *reader, uint8_t *pixels, char *message) {
    struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    reader->errors.message = message;
    if (setjmp(reader->errors.jump) != 0) return 0;
    cinfo->out_color_space = JCS_EXT_RGBA;
    jpeg_start_decompress(cinfo);
    size_t row_bytes = (size_t)cinfo->output_width * 4;
    while (cinfo->output_scanline < cinfo->output_height) {
        JSAMPROW rows[8];
        JDIMENSION count = cinfo->output_height - cinfo->output_scanline;
        if (count > 8) count = 8;
        for (JDIMENSION i = 0; i < count; i++) rows[i] = pixels + (cinfo->output_scanline + i) * row_bytes;
        jpeg_read_scanlines(cinfo, rows, count);
    }
    jpeg_finish_decompress(cinfo);
    return 1;
}

void backdrop_jpeg_close(BackdropJPEGReader *reader) {
    if (reader == NULL) return;
    jpeg_destroy_decompress(&reader->cinfo);
    free(reader);
}

/* What must survive a longjmp out of the encoder. */
typedef struct {
    struct jpeg_compress_struct cinfo;
    Errors errors;
    unsigned char *bytes;
    unsigned long length;
} Writer;

int backdrop_jpeg_write(
    uint32_t width, uint32_t height, const uint8_t *pixels, int quality, const uint8_t *icc, uint32_t icc_length, uint8_t **bytes,
    size_t *length, char *message) {
    Writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL) {
        strncpy(message, "out of memory", BACKDROP_JPEG_MESSAGE_SIZE);
        return 0;
    }
    set_up_errors(&writer->errors, message);
    writer->cinfo.err = &writer->errors.manager;
    if (setjmp(writer->errors.jump) != 0) {
        jpeg_destroy_compress(&writer->cinfo);
        free(writer->bytes);
        free(writer);
        return 0;
    }
    struct jpeg_compress_struct *cinfo = &writer->cinfo;
    jpeg_create_compress(cinfo);
    jpeg_mem_dest(cinfo, &writer->bytes, &writer->length);
    cinfo->image_width = width;
    cinfo->image_height = height;
    cinfo->input_components = 4;
    cinfo->in_color_space = JCS_EXT_RGBA;
    jpeg_set_defaults(cinfo);
    jpeg_set_quality(cinfo, quality, TRUE);
    if (quality >= 90) {
        cinfo->comp_info[0].h_samp_factor = 1;
        cinfo->comp_info[0].v_samp_factor = 1;
    }
    cinfo->optimize_coding = TRUE;
    jpeg_start_compress(cinfo, TRUE);
    if (icc != NULL && icc_length > 0) jpeg_write_icc_profile(cinfo, icc, icc_length);
    while (cinfo->next_scanline < cinfo->image_height) {
        JSAMPROW row = (JSAMPROW)(pixels + (size_t)cinfo->next_scanline * width * 4);
        jpeg_write_scanlines(cinfo, &row, 1);
    }
    jpeg_finish_compress(cinfo);
    *bytes = writer->bytes;
    *length = writer->length;
    jpeg_destroy_compress(cinfo);
    free(writer);
    return 1;
}
