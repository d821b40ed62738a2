#ifndef OKTA_BYTE_SCAN_H
#define OKTA_BYTE_SCAN_H

// SIMD byte scanning and prefetching, which Swift cannot express. Both are inlined into their callers.

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/// One bit for each of 64 bytes that a JSON string cannot contain as is: a quote, a backslash, a control character, or a
/// byte outside ASCII. The lowest bit is the first byte's.
static inline uint64_t okta_string_stops(const uint8_t *bytes) {
    uint64_t stops = 0;
#if defined(__SSE2__)
    for (int part = 0; part < 4; part += 1) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
        __m128i quotes = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
        __m128i backslashes = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
        // Bytes are signed here, so those outside ASCII are also less than a space.
        __m128i others = _mm_cmplt_epi8(block, _mm_set1_epi8(0x20));
        __m128i marks = _mm_or_si128(_mm_or_si128(quotes, backslashes), others);
        stops |= (uint64_t)(uint32_t)_mm_movemask_epi8(marks) << (16 * part);
    }
#elif defined(__aarch64__) && defined(__ARM_NEON)
    const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    for (int part = 0; part < 4; part += 1) {
        uint8x16_t block = vld1q_u8(bytes + 16 * part);
        uint8x16_t quotes = vceqq_u8(block, vdupq_n_u8('"'));
        uint8x16_t backslashes = vceqq_u8(block, vdupq_n_u8('\\'));
        uint8x16_t others = vcltq_s8(vreinterpretq_s8_u8(block), vdupq_n_s8(0x20));
        uint8x16_t marks = vandq_u8(vorrq_u8(vorrq_u8(quotes, backslashes), others), weights);
        uint64_t low = vaddv_u8(vget_low_u8(marks));
        uint64_t high = vaddv_u8(vget_high_u8(marks));
        stops |= (low | high << 8) << (16 * part);
    }
#else
    for (int index = 0; index < 64; index += 1) {
        uint8_t byte = bytes[index];
        uint64_t stop = byte == '"' || byte == '\\' || byte < 0x20 || byte >= 0x80;
        stops |= stop << index;
    }
#endif
    return stops;
}

/// The same for fewer than 64 bytes; the bits of missing bytes are zero.
static inline uint64_t okta_string_stops_in(const uint8_t *bytes, int64_t count) {
    uint8_t block[64];
    memset(block, ' ', sizeof block);
    memcpy(block, bytes, count < 0 ? 0 : count > 64 ? 64 : (size_t)count);
    return okta_string_stops(block);
}

/// Prefetches the memory at an address; safe for any address.
static inline void okta_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
