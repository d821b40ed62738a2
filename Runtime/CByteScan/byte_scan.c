#include "CByteScan.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

#define INLINE static inline __attribute__((always_inline))

uint32_t *okta_stop_room(void) {
    static _Thread_local uint32_t room[OKTA_STOP_ROOM];
    return room;
}

void *okta_token_room(void) {
    static _Thread_local uint64_t room[OKTA_TOKEN_ROOM];
    return room;
}

/// Writes the positions of the stops in a block of 64 bytes that begins at `base`, and returns the place for the next
/// ones. May write up to 15 more entries, which have no meaning.
typedef uint32_t *(*block_function)(const uint8_t *block, uint32_t base, uint32_t *next);

/// Examines the window with one of the functions for a block.
INLINE int64_t find(
    const uint8_t *bytes, int64_t start, int64_t count, uint32_t *positions, block_function write_stops
) {
    uint32_t *next = positions;
    int64_t end = count - start < OKTA_STOP_WINDOW ? count : start + OKTA_STOP_WINDOW;
    int64_t block = start;
    for (; block + 64 <= end; block += 64) { next = write_stops(bytes + block, (uint32_t)block, next); }
    if (block < end) {
        uint8_t rest[64];
        memset(rest, ' ', sizeof rest);
        memcpy(rest, bytes + block, (size_t)(end - block));
        next = write_stops(rest, (uint32_t)block, next);
    }
    return next - positions;
}

/// Writes the positions of the bits that are set.
INLINE uint32_t *write_positions(uint64_t stops, uint32_t base, uint32_t *next) {
    uint32_t *end = next + __builtin_popcountll(stops);
    // Volatile, so that the compiler does not write them as vectors, which takes several times as long.
    volatile uint32_t *positions = next;
    // Eight at a time, without a branch for each, which the processor could not predict. What is written for no bit is
    // written over.
    do {
        for (int index = 0; index < 8; index += 1) {
            positions[index] = base + (uint32_t)(stops ? __builtin_ctzll(stops) : 64);
            stops &= stops - 1;
        }
        positions += 8;
    } while (positions < end);
    return end;
}

/// For any processor. One bit for each byte, the lowest for the first one.
static uint32_t *write_stops(const uint8_t *bytes, uint32_t base, uint32_t *next) {
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
    return write_positions(stops, base, next);
}

int64_t okta_find_string_stops_portably(
    const uint8_t *bytes, int64_t start, int64_t count, uint32_t *positions
) {
    return find(bytes, start, count, positions, write_stops);
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,bmi,popcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

AVX2 static inline uint32_t *write_stops_avx2(const uint8_t *bytes, uint32_t base, uint32_t *next) {
    uint64_t stops = 0;
    for (int part = 0; part < 2; part += 1) {
        __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + 32 * part));
        __m256i quotes = _mm256_cmpeq_epi8(block, _mm256_set1_epi8('"'));
        __m256i backslashes = _mm256_cmpeq_epi8(block, _mm256_set1_epi8('\\'));
        __m256i others = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), block);
        __m256i marks = _mm256_or_si256(_mm256_or_si256(quotes, backslashes), others);
        stops |= (uint64_t)(uint32_t)_mm256_movemask_epi8(marks) << (32 * part);
    }
    return write_positions(stops, base, next);
}

AVX2 static int64_t find_avx2(const uint8_t *bytes, int64_t start, int64_t count, uint32_t *positions) {
    return find(bytes, start, count, positions, write_stops_avx2);
}

AVX512 static inline uint32_t *write_stops_avx512(const uint8_t *bytes, uint32_t base, uint32_t *next) {
    const __m512i places = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36,
        35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7,
        6, 5, 4, 3, 2, 1, 0);
    __m512i block = _mm512_loadu_si512(bytes);
    uint64_t stops = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('"'))
        | _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('\\'))
        | _mm512_cmplt_epi8_mask(block, _mm512_set1_epi8(0x20));
    uint32_t *end = next + __builtin_popcountll(stops);
    __m512i found = _mm512_maskz_compress_epi8(stops, places);
    do {
        __m512i positions = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found));
        _mm512_storeu_si512(next, _mm512_add_epi32(positions, _mm512_set1_epi32((int)base)));
        found = _mm512_shuffle_i64x2(found, found, 0x39);
        next += 16;
    } while (next < end);
    return end;
}

AVX512 static int64_t find_avx512(const uint8_t *bytes, int64_t start, int64_t count, uint32_t *positions) {
    return find(bytes, start, count, positions, write_stops_avx512);
}
#endif

int64_t okta_find_string_stops(const uint8_t *bytes, int64_t start, int64_t count, uint32_t *positions) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2")) {
        return find_avx512(bytes, start, count, positions);
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
        return find_avx2(bytes, start, count, positions);
    }
#endif
    return okta_find_string_stops_portably(bytes, start, count, positions);
}

/// From the end, 16 entries at a time.
int64_t okta_last_entry_portably(const void *entries, int64_t start, int64_t end, uint32_t head) {
    const uint32_t *words = (const uint32_t *)entries;
#if defined(__SSE2__)
    __m128i wanted = _mm_set1_epi32((int)head);
    for (; end - start >= 16; end -= 16) {
        const float *last = (const float *)(words + 2 * (end - 16));
        __m128i equal[4];
        for (int part = 0; part < 4; part += 1) {
            __m128 heads = _mm_shuffle_ps(_mm_loadu_ps(last + 8 * part), _mm_loadu_ps(last + 8 * part + 4), 0xDD);
            equal[part] = _mm_cmpeq_epi32(_mm_castps_si128(heads), wanted);
        }
        __m128i all = _mm_or_si128(_mm_or_si128(equal[0], equal[1]), _mm_or_si128(equal[2], equal[3]));
        if (_mm_movemask_epi8(all)) { break; }
    }
#elif defined(__aarch64__) && defined(__ARM_NEON)
    uint32x4_t wanted = vdupq_n_u32(head);
    for (; end - start >= 16; end -= 16) {
        uint32x4_t equal = vdupq_n_u32(0);
        for (int part = 0; part < 4; part += 1) {
            equal = vorrq_u32(equal, vceqq_u32(vld2q_u32(words + 2 * (end - 16 + 4 * part)).val[1], wanted));
        }
        if (vmaxvq_u32(equal)) { break; }
    }
#endif
    while (end > start) {
        end -= 1;
        if (words[2 * end + 1] == head) { return end; }
    }
    return 0;
}

#if defined(__x86_64__)
AVX2 static int64_t last_entry_avx2(const uint32_t *words, int64_t start, int64_t end, uint32_t head) {
    __m256i wanted = _mm256_set1_epi32((int)head);
    __m256i upper = _mm256_set1_epi64x((long long)0xFFFFFFFF00000000);
    for (; end - start > 16; end -= 16) {
        const __m256i_u *last = (const __m256i_u *)(words + 2 * (end - 16));
        __m256i low = _mm256_or_si256(_mm256_cmpeq_epi32(last[0], wanted), _mm256_cmpeq_epi32(last[1], wanted));
        __m256i high = _mm256_or_si256(_mm256_cmpeq_epi32(last[2], wanted), _mm256_cmpeq_epi32(last[3], wanted));
        if (!_mm256_testz_si256(_mm256_or_si256(low, high), upper)) { break; }
    }
    // It is in the last 16, of which some may come before the start, or nowhere.
    if (end < 16) { return okta_last_entry_portably(words, start, end, head); }
    uint64_t found = 0;
    for (int part = 0; part < 4; part += 1) {
        __m256i equal = _mm256_cmpeq_epi32(((const __m256i_u *)(words + 2 * (end - 16)))[part], wanted);
        found |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(equal)) << (8 * part);
    }
    found &= 0xAAAAAAAA;
    int64_t index = end - 16 + (63 - __builtin_clzll(found | 1)) / 2;
    return found && index >= start ? index : 0;
}
#endif

int64_t okta_last_entry(const void *entries, int64_t start, int64_t end, uint32_t head) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
        return last_entry_avx2(entries, start, end, head);
    }
#endif
    return okta_last_entry_portably(entries, start, end, head);
}
