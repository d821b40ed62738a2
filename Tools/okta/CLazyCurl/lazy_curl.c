/*
 * The functions of libcurl that OktaRuntime calls, each of which loads the library at the first call.
 *
 * libcurl brings about thirty libraries with it. Loading and relocating them takes a third of the time and of the memory of
 * a short command, and help, completion and lists of actions send nothing. The program is linked with --as-needed (see
 * `make bench-cli`), so that these definitions keep libcurl from being loaded at the start. A program that is linked
 * without that option works the same.
 *
 * Only on Linux: on macOS the library is a part of the system's shared cache.
 */

#define CURL_DISABLE_TYPECHECK
#include "CLazyCurl.h"

#ifdef __linux__

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

/* RESULT, name, parameters, arguments, and what is returned when there is no libcurl. */
#define FUNCTIONS(F) \
    F(CURLcode, curl_global_init, (long flags), (flags), CURLE_FAILED_INIT) \
    F(CURL *, curl_easy_init, (void), (), NULL) \
    F(CURLcode, curl_easy_pause, (CURL *handle, int bitmask), (handle, bitmask), CURLE_FAILED_INIT) \
    F(curl_version_info_data *, curl_version_info, (CURLversion age), (age), NULL) \
    F(const char *, curl_easy_strerror, (CURLcode code), (code), "libcurl is not installed") \
    F(struct curl_slist *, curl_slist_append, (struct curl_slist *list, const char *text), (list, text), NULL) \
    F(CURLM *, curl_multi_init, (void), (), NULL) \
    F(CURLMcode, curl_multi_add_handle, (CURLM *multi, CURL *handle), (multi, handle), CURLM_INTERNAL_ERROR) \
    F(CURLMcode, curl_multi_remove_handle, (CURLM *multi, CURL *handle), (multi, handle), CURLM_INTERNAL_ERROR) \
    F(CURLMcode, curl_multi_perform, (CURLM *multi, int *running), (multi, running), CURLM_INTERNAL_ERROR) \
    F(CURLMcode, curl_multi_poll, \
      (CURLM *multi, struct curl_waitfd extra[], unsigned int count, int timeout, int *ready), \
      (multi, extra, count, timeout, ready), CURLM_INTERNAL_ERROR) \
    F(CURLMcode, curl_multi_wakeup, (CURLM *multi), (multi), CURLM_INTERNAL_ERROR) \
    F(CURLMcode, curl_multi_cleanup, (CURLM *multi), (multi), CURLM_INTERNAL_ERROR) \
    F(CURLMsg *, curl_multi_info_read, (CURLM *multi, int *left), (multi, left), NULL) \
    F(const char *, curl_multi_strerror, (CURLMcode code), (code), "libcurl is not installed")

#define PROCEDURES(F) \
    F(curl_easy_reset, (CURL *handle), (handle)) \
    F(curl_easy_cleanup, (CURL *handle), (handle)) \
    F(curl_slist_free_all, (struct curl_slist *list), (list))

static struct {
#define F(RESULT, NAME, PARAMETERS, ARGUMENTS, FAILURE) RESULT(*NAME) PARAMETERS;
    FUNCTIONS(F)
#undef F
#define F(NAME, PARAMETERS, ARGUMENTS) void(*NAME) PARAMETERS;
    PROCEDURES(F)
#undef F
    CURLcode (*curl_easy_setopt)(CURL *handle, CURLoption option, ...);
    CURLcode (*curl_easy_getinfo)(CURL *handle, CURLINFO info, ...);
    CURLMcode (*curl_multi_setopt)(CURLM *multi, CURLMoption option, ...);
} library;

static pthread_once_t loading = PTHREAD_ONCE_INIT;

static void load(void) {
    void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
#define F(RESULT, NAME, PARAMETERS, ARGUMENTS, FAILURE) *(void **)&library.NAME = dlsym(handle, #NAME);
    FUNCTIONS(F)
#undef F
#define F(NAME, PARAMETERS, ARGUMENTS) *(void **)&library.NAME = dlsym(handle, #NAME);
    PROCEDURES(F)
#undef F
    *(void **)&library.curl_easy_setopt = dlsym(handle, "curl_easy_setopt");
    *(void **)&library.curl_easy_getinfo = dlsym(handle, "curl_easy_getinfo");
    *(void **)&library.curl_multi_setopt = dlsym(handle, "curl_multi_setopt");
}

#define F(RESULT, NAME, PARAMETERS, ARGUMENTS, FAILURE) \
    RESULT NAME PARAMETERS { \
        pthread_once(&loading, load); \
        return library.NAME != NULL ? library.NAME ARGUMENTS : (RESULT)FAILURE; \
    }
FUNCTIONS(F)
#undef F

#define F(NAME, PARAMETERS, ARGUMENTS) \
    void NAME PARAMETERS { \
        pthread_once(&loading, load); \
        if (library.NAME != NULL) library.NAME ARGUMENTS; \
    }
PROCEDURES(F)
#undef F

/* The one value behind the option is a pointer, a long or a curl_off_t: eight bytes of one class, passed on as a pointer. */
_Static_assert(sizeof(void *) == sizeof(long) && sizeof(void *) == sizeof(curl_off_t), "a 64-bit system");

CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...) {
    va_list values;
    va_start(values, option);
    void *value = va_arg(values, void *);
    va_end(values);
    pthread_once(&loading, load);
    return library.curl_easy_setopt != NULL ? library.curl_easy_setopt(handle, option, value) : CURLE_FAILED_INIT;
}

CURLcode curl_easy_getinfo(CURL *handle, CURLINFO info, ...) {
    va_list values;
    va_start(values, info);
    void *value = va_arg(values, void *);
    va_end(values);
    pthread_once(&loading, load);
    return library.curl_easy_getinfo != NULL ? library.curl_easy_getinfo(handle, info, value) : CURLE_FAILED_INIT;
}

CURLMcode curl_multi_setopt(CURLM *multi, CURLMoption option, ...) {
    va_list values;
    va_start(values, option);
    void *value = va_arg(values, void *);
    va_end(values);
    pthread_once(&loading, load);
    return library.curl_multi_setopt != NULL ? library.curl_multi_setopt(multi, option, value) : CURLM_INTERNAL_ERROR;
}

#endif
