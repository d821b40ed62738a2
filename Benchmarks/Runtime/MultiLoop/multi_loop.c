#include "multi_loop.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

struct body {
    char *bytes;
    size_t size;
    size_t capacity;
};

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    struct body *body = context;
    size_t length = size * count;
    if (body->size + length > body->capacity) {
        size_t capacity = (body->size + length) * 2;
        char *longer = realloc(body->bytes, capacity);
        if (longer == NULL) return 0;
        body->bytes = longer;
        body->capacity = capacity;
    }
    memcpy(body->bytes + body->size, bytes, length);
    body->size += length;
    return length;
}

static void start(CURLM *multi, CURL *easy, const char *url, struct body *body) {
    *body = (struct body){0};
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_multi_add_handle(multi, easy);
}

long multi_loop_run(const char *url, const char *ca_bundle, const char *const *headers, long count, int in_flight,
                    long body_size) {
    long started = 0, ended = 0, good = 0;
    CURLM *multi = curl_multi_init();
    CURL **handles = calloc((size_t)in_flight, sizeof *handles);
    struct body *bodies = calloc((size_t)in_flight, sizeof *bodies);
    struct curl_slist *list = NULL;
    if (multi == NULL || handles == NULL || bodies == NULL) return -1;
    for (; *headers != NULL; headers++) list = curl_slist_append(list, *headers);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)in_flight);
    for (int index = 0; index < in_flight; index++) {
        CURL *easy = handles[index] = curl_easy_init();
        if (easy == NULL) return -1;
        curl_easy_setopt(easy, CURLOPT_PRIVATE, &bodies[index]);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &bodies[index]);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
        curl_easy_setopt(easy, CURLOPT_PIPEWAIT, ca_bundle != NULL ? 1L : 0L);
        if (ca_bundle != NULL) curl_easy_setopt(easy, CURLOPT_CAINFO, ca_bundle);
        if (started < count) {
            start(multi, easy, url, &bodies[index]);
            started++;
        }
    }
    while (ended < count) {
        int running = 0, remaining = 0;
        CURLMsg *message;
        if (curl_multi_perform(multi, &running) != CURLM_OK) break;
        while ((message = curl_multi_info_read(multi, &remaining)) != NULL) {
            CURL *easy = message->easy_handle;
            CURLcode result = message->data.result;
            struct body *body = NULL;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&body);
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            if (result == CURLE_OK && status == 200 && body->size == (size_t)body_size) good++;
            free(body->bytes);
            curl_multi_remove_handle(multi, easy);
            ended++;
            if (started < count) {
                start(multi, easy, url, body);
                started++;
            }
        }
        if (ended < count && curl_multi_poll(multi, NULL, 0, 1000, NULL) != CURLM_OK) break;
    }
    for (int index = 0; index < in_flight; index++) {
        curl_multi_remove_handle(multi, handles[index]);
        curl_easy_cleanup(handles[index]);
    }
    curl_multi_cleanup(multi);
    curl_slist_free_all(list);
    free(handles);
    free(bodies);
    return good;
}
