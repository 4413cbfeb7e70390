#ifndef BACKDROP_CJPEG_SHIM_H
#define BACKDROP_CJPEG_SHIM_H

#include <stddef.h>
#include <stdint.h>

/* libjpeg reports errors through a callback that must not return; these functions keep its longjmp inside C and answer with a return
   value and a message instead. */

enum { BACKDROP_JPEG_MESSAGE_SIZE = 256 };

typedef struct {
    uint32_t width, height;
    int components;  /* as stored: 1 grey, 3 colour, 4 CMYK or YCCK */
} BackdropJPEGHeader;

typedef struct BackdropJPEGReader BackdropJPEGReader;

/* Reads the header. NULL on error, with a message. The bytes must outlive the reader. */
BackdropJPEGReader *backdrop_jpeg_open(const uint8_t *bytes, size_t length, BackdropJPEGHeader *header, char *message);

/* Decodes grey and colour pictures into RGBA rows with alpha 255. Returns 1, or 0 with a message; a picture that breaks off or whose
   data are corrupt is an error. */
int backdrop_jpeg_read(BackdropJPEGReader *reader, uint8_t *pixels, char *message);
void backdrop_jpeg_close(BackdropJPEGReader *reader);

/* Encodes RGBA rows (alpha is ignored) at quality 1 to 100, without chroma subsampling from 90 on. icc may be NULL. Returns 1 and a
   buffer to be freed with free(), or 0 with a message. */
int backdrop_jpeg_write(
    uint32_t width, uint32_t height, const uint8_t *pixels, int quality, const uint8_t *icc, uint32_t icc_length, uint8_t **bytes,
    size_t *length, char *message);

#endif
