#include "shim.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* The bytes still to be read, and where the reason of a failure goes. */
typedef struct {
    const uint8_t *bytes;
    size_t left;
    char *message;
} Source;

struct BackdropPNGReader {
    png_structp png;
    png_infop info;
    png_infop end;
    Source source;
    uint32_t height;
    size_t row_bytes;
};

typedef struct {
    uint8_t *bytes;
    size_t length, capacity;
    char *message;
} Sink;

static void store_message(char *message, const char *reason) {
    if (message == NULL) return;
    strncpy(message, reason, BACKDROP_PNG_MESSAGE_SIZE - 1);
    message[BACKDROP_PNG_MESSAGE_SIZE - 1] = 0;
}

static void on_error(png_structp png, png_const_charp reason) {
    char **message = png_get_error_ptr(png);
    store_message(*message, reason);
    longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp reason) {
    (void)png;
    (void)reason;
}

static void read_bytes(png_structp png, png_bytep into, size_t count) {
    Source *source = png_get_io_ptr(png);
    if (count > source->left) png_error(png, "the file ends too early");
    memcpy(into, source->bytes, count);
    source->bytes += count;
    source->left -= count;
}

void backdrop_png_close(BackdropPNGReader *reader) {
    if (reader == NULL) return;
    if (reader->png != NULL) png_destroy_read_struct(&reader->png, &reader->info, &reader->end);
    free(reader);
}

static void read_header(png_structp png, png_infop info, BackdropPNGHeader *header) {
    int colour = png_get_color_type(png, info);
    memset(header, 0, sizeof *header);
    header->width = png_get_image_width(png, info);
    header->height = png_get_image_height(png, info);
    header->bit_depth = png_get_bit_depth(png, info);
    header->is_grey = (colour & PNG_COLOR_MASK_COLOR) == 0;
    header->has_alpha = (colour & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png, info, PNG_INFO_tRNS) != 0;
    header->srgb_intent = -1;
    int intent;
    if (png_get_sRGB(png, info, &intent) != 0) header->srgb_intent = intent;
    /* libpng derives gamma and chromaticities from an sRGB chunk; only what the file itself says is reported. */
    int derived = header->srgb_intent >= 0;
    header->has_gamma = !derived && png_get_valid(png, info, PNG_INFO_gAMA) != 0 && png_get_gAMA(png, info, &header->gamma) != 0;
    double *c = header->chromaticities;
    header->has_chromaticities = !derived && png_get_valid(png, info, PNG_INFO_cHRM) != 0
        && png_get_cHRM(png, info, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7]) != 0;
    png_charp name;
    int method;
    png_bytep profile;
    png_uint_32 length;
    if (png_get_iCCP(png, info, &name, &method, &profile, &length) != 0) {
        header->icc = profile;
        header->icc_length = length;
    }
}

BackdropPNGReader *backdrop_png_open(
    const uint8_t *bytes, size_t length, uint32_t largest_side, BackdropPNGHeader *header, char *message) {
    BackdropPNGReader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        store_message(message, "out of memory");
        return NULL;
    }
    reader->source.bytes = bytes;
    reader->source.left = length;
    reader->source.message = message;
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader->source.message, on_error, on_warning);
    if (reader->png != NULL) reader->info = png_create_info_struct(reader->png);
    if (reader->info != NULL) reader->end = png_create_info_struct(reader->png);
    if (reader->end == NULL) {
        store_message(message, "out of memory");
        backdrop_png_close(reader);
        return NULL;
    }
    if (setjmp(png_jmpbuf(reader->png)) != 0) {
        backdrop_png_close(reader);
        return NULL;
    }
    png_structp png = reader->png;
    png_infop info = reader->info;
    png_set_read_fn(png, &reader->source, read_bytes);
    png_set_user_limits(png, largest_side, largest_side);
    png_set_chunk_malloc_max(png, 64u << 20);
    /* Report the profile as it is; libpng would otherwise replace a well-known but broken one by its own idea of sRGB. */
    png_set_option(png, PNG_SKIP_sRGB_CHECK_PROFILE, PNG_OPTION_ON);
    png_read_info(png, info);
    read_header(png, info, header);

    png_set_expand(png);
    if (header->is_grey) png_set_gray_to_rgb(png);
    if (!header->has_alpha) png_set_add_alpha(png, header->bit_depth == 16 ? 0xffff : 0xff, PNG_FILLER_AFTER);
    const uint16_t probe = 1;
    if (header->bit_depth == 16 && *(const uint8_t *)&probe == 1) png_set_swap(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    reader->height = header->height;
    reader->row_bytes = png_get_rowbytes(png, info);
    if (reader->row_bytes != (size_t)header->width * (header->bit_depth == 16 ? 8 : 4)) png_error(png, "unexpected row size");
    return reader;
}

int backdrop_png_read(BackdropPNGReader *reader, void *pixels, char *message) {
    reader->source.message = message;
    if (setjmp(png_jmpbuf(reader->png)) != 0) return 0;
    int passes = png_get_interlace_type(reader->png, reader->info) == PNG_INTERLACE_ADAM7 ? 7 : 1;
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t row = 0; row < reader->height; row++) {
            png_read_row(reader->png, (png_bytep)pixels + (size_t)row * reader->row_bytes, NULL);
        }
    }
    png_read_end(reader->png, reader->end);
    return 1;
}

int backdrop_png_text_count(BackdropPNGReader *reader) {
    png_textp texts;
    return png_get_text(reader->png, reader->info, &texts, NULL) + png_get_text(reader->png, reader->end, &texts, NULL);
}

BackdropPNGText backdrop_png_text(BackdropPNGReader *reader, int index) {
    png_textp texts;
    int before = png_get_text(reader->png, reader->info, &texts, NULL);
    if (index >= before) {
        png_get_text(reader->png, reader->end, &texts, NULL);
        index -= before;
    }
    int utf8 = texts[index].compression >= PNG_ITXT_COMPRESSION_NONE;
    BackdropPNGText result = {
        texts[index].key, texts[index].text, utf8 ? texts[index].itxt_length : texts[index].text_length, utf8};
    return result;
}

static void write_bytes(png_structp png, png_bytep from, size_t count) {
    Sink *sink = png_get_io_ptr(png);
    if (sink->capacity - sink->length < count) {
        size_t capacity = sink->capacity * 2 + count + 65536;
        uint8_t *bytes = realloc(sink->bytes, capacity);
        if (bytes == NULL) png_error(png, "out of memory");
        sink->bytes = bytes;
        sink->capacity = capacity;
    }
    memcpy(sink->bytes + sink->length, from, count);
    sink->length += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static void write_colour(png_structp png, png_infop info, const BackdropPNGSettings *settings) {
    const double *c = settings->chromaticities;
    if (settings->icc != NULL) {
        png_set_iCCP(png, info, "ICC profile", PNG_COMPRESSION_TYPE_BASE, settings->icc, settings->icc_length);
        return;
    }
    if (settings->srgb_intent >= 0) {
        png_set_sRGB(png, info, settings->srgb_intent);
        return;
    }
    if (settings->has_gamma) png_set_gAMA(png, info, settings->gamma);
    if (settings->has_chromaticities) png_set_cHRM(png, info, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
}

int backdrop_png_strip(const uint8_t *rows, size_t length, int is_last, BackdropPNGStrip *strip) {
    memset(strip, 0, sizeof *strip);
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    /* Filtered photos hold noise and runs but hardly ever repeat themselves: looking for runs only takes a third of the time of zlib's
       level 3 and makes photos smaller. Negative window bits: no header, it stands before the first strip. */
    if (deflateInit2(&stream, 6, Z_DEFLATED, -15, 9, Z_RLE) != Z_OK) return 0;
    size_t capacity = deflateBound(&stream, length) + 16;
    strip->bytes = malloc(capacity);
    if (strip->bytes == NULL || length > UINT32_MAX || capacity > UINT32_MAX) {
        deflateEnd(&stream);
        free(strip->bytes);
        strip->bytes = NULL;
        return 0;
    }
    stream.next_in = (z_const Bytef *)rows;
    stream.avail_in = (uInt)length;
    stream.next_out = strip->bytes;
    stream.avail_out = (uInt)capacity;
    deflate(&stream, is_last ? Z_FINISH : Z_SYNC_FLUSH);
    strip->length = capacity - stream.avail_out;
    strip->rows_length = length;
    strip->checksum = adler32(adler32(0, NULL, 0), rows, (uInt)length);
    deflateEnd(&stream);
    uint8_t *fitted = realloc(strip->bytes, strip->length);
    if (fitted != NULL) strip->bytes = fitted;
    return 1;
}

/* The strips as IDAT chunks, which together hold one zlib stream (RFC 1950). */
static void write_strips(png_structp png, const BackdropPNGStrip *strips, int count) {
    static const uint8_t header[2] = {0x78, 0x5e};
    uint8_t trailer[4];
    unsigned long checksum = adler32(0, NULL, 0);
    for (int i = 0; i < count; i++) checksum = adler32_combine(checksum, strips[i].checksum, (z_off_t)strips[i].rows_length);
    png_save_uint_32(trailer, (png_uint_32)checksum);
    static const png_byte name[5] = "IDAT";
    for (int i = 0; i < count; i++) {
        int is_first = i == 0, is_last = i == count - 1;
        size_t length = strips[i].length + (is_first ? sizeof header : 0) + (is_last ? sizeof trailer : 0);
        png_write_chunk_start(png, name, (png_uint_32)length);
        if (is_first) png_write_chunk_data(png, header, sizeof header);
        png_write_chunk_data(png, strips[i].bytes, strips[i].length);
        if (is_last) png_write_chunk_data(png, trailer, sizeof trailer);
        png_write_chunk_end(png);
    }
}

int backdrop_png_write(
    const BackdropPNGSettings *settings, const BackdropPNGStrip *strips, int strip_count, const BackdropPNGText *texts, int text_count,
    uint8_t **bytes, size_t *length, char *message) {
    /* volatile: read after a longjmp */
    png_structp volatile png = NULL;
    png_infop volatile info = NULL;
    png_textp volatile entries = NULL;
    Sink *volatile sink = calloc(1, sizeof(Sink));
    if (sink != NULL) {
        sink->message = message;
        png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &sink->message, on_error, on_warning);
    }
    if (png != NULL) info = png_create_info_struct(png);
    if (info == NULL) {
        store_message(message, "out of memory");
        if (png != NULL) png_destroy_write_struct((png_structpp)&png, NULL);
        free(sink);
        return 0;
    }
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct((png_structpp)&png, (png_infopp)&info);
        free(entries);
        free(sink->bytes);
        free(sink);
        return 0;
    }
    png_set_write_fn(png, sink, write_bytes, flush_nothing);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_option(png, PNG_SKIP_sRGB_CHECK_PROFILE, PNG_OPTION_ON);
    /* A profile that libpng dislikes must not cost the whole picture. */
    png_set_benign_errors(png, 1);
    int type = settings->channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : settings->channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY;
    png_set_IHDR(
        png, info, settings->width, settings->height, settings->bit_depth, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
        PNG_FILTER_TYPE_BASE);
    write_colour(png, info, settings);
    if (text_count > 0) {
        entries = calloc((size_t)text_count, sizeof(png_text));
        if (entries == NULL) png_error(png, "out of memory");
        for (int i = 0; i < text_count; i++) {
            entries[i].compression = texts[i].is_utf8 ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE;
            entries[i].key = (png_charp)texts[i].keyword;
            entries[i].text = (png_charp)texts[i].text;
            entries[i].text_length = texts[i].length;
        }
        png_set_text(png, info, entries, text_count);
    }
    png_write_info(png, info);
    write_strips(png, strips, strip_count);
    /* png_write_end wants rows to have gone through libpng. */
    png_write_chunk(png, (png_const_bytep)"IEND", NULL, 0);
    *bytes = sink->bytes;
    *length = sink->length;
    png_destroy_write_struct((png_structpp)&png, (png_infopp)&info);
    free(entries);
    free(sink);
    return 1;
}
