#ifndef BACKDROP_CPNG_SHIM_H
#define BACKDROP_CPNG_SHIM_H

#include <stddef.h>
#include <stdint.h>

/* libpng reports errors by longjmp, which must never cross a Swift frame. These functions keep every jump inside C and answer with
   a return value and a message instead. */

enum { BACKDROP_PNG_MESSAGE_SIZE = 256 };

/* What a PNG's header chunks say. */
typedef struct {
    uint32_t width, height;
    int bit_depth;       /* 1, 2, 4, 8 or 16, as stored */
    int is_grey;         /* the file has one grey channel */
    int has_alpha;       /* an alpha channel or tRNS */
    int has_gamma;
    double gamma;        /* gAMA, for example 0.45455 */
    int has_chromaticities;
    double chromaticities[8]; /* cHRM: white, red, green, blue as x, y */
    int srgb_intent;     /* -1 without sRGB chunk */
    const uint8_t *icc;  /* NULL without iCCP; lives as long as the reader */
    uint32_t icc_length;
} BackdropPNGHeader;

typedef struct {
    const char *keyword; /* Latin-1, NUL-terminated */
    const char *text;
    size_t length;       /* bytes of text */
    int is_utf8;         /* else Latin-1 */
} BackdropPNGText;

typedef struct BackdropPNGReader BackdropPNGReader;

/* Reads everything before the picture data. NULL on error, with a message. The bytes must outlive the reader. */
BackdropPNGReader *backdrop_png_open(
    const uint8_t *bytes, size_t length, uint32_t largest_side, BackdropPNGHeader *header, char *message);

/* Decodes into RGBA rows of 8 bit, or 16 bit in the machine's byte order for a 16-bit file, and reads to the end of the file.
   Returns 1, or 0 with a message. */
int backdrop_png_read(BackdropPNGReader *reader, void *pixels, char *message);

int backdrop_png_text_count(BackdropPNGReader *reader);
BackdropPNGText backdrop_png_text(BackdropPNGReader *reader, int index);
void backdrop_png_close(BackdropPNGReader *reader);

/* What to write. */
typedef struct {
    uint32_t width, height;
    int bit_depth;       /* 8 or 16 */
    int channels;        /* 1: grey, 3: colour, 4: colour and alpha */
    int has_gamma;
    double gamma;
    int has_chromaticities;
    double chromaticities[8];
    int srgb_intent;     /* -1: no sRGB chunk */
    const uint8_t *icc;  /* NULL: no iCCP chunk */
    uint32_t icc_length;
} BackdropPNGSettings;

/* Some filtered rows, compressed on their own: a piece of a raw deflate stream (RFC 1951) that ends on a whole byte. */
typedef struct {
    uint8_t *bytes;      /* to be freed with free() */
    size_t length;
    size_t rows_length;  /* bytes before compression */
    unsigned long checksum; /* Adler-32 of those */
} BackdropPNGStrip;

/* Compresses filtered rows; the last strip ends the stream. Returns 1, or 0 when memory is short. */
int backdrop_png_strip(const uint8_t *rows, size_t length, int is_last, BackdropPNGStrip *strip);

/* Joins the strips of all rows to a file. Returns 1 and a buffer to be freed with free(), or 0 with a message. */
int backdrop_png_write(
    const BackdropPNGSettings *settings, const BackdropPNGStrip *strips, int strip_count, const BackdropPNGText *texts, int text_count,
    uint8_t **bytes, size_t *length, char *message);

#endif
