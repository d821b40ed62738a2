/* Keeps child processes from inheriting libcurl's descriptors. */

#ifdef __linux__
#define _GNU_SOURCE
#endif

#include "CCurlShim.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_inherited(int descriptor) {
    int flags = fcntl(descriptor, F_GETFD);
    return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

static void keep_private(int descriptor) {
    int flags = fcntl(descriptor, F_GETFD);
    if (flags >= 0) fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC);
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)context;
    (void)purpose;
#ifdef SOCK_CLOEXEC
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    /* Without the flag, a child that is started in between still inherits it. */
    curl_socket_t descriptor = socket(address->family, address->socktype, address->protocol);
    if (descriptor != CURL_SOCKET_BAD) keep_private(descriptor);
    return descriptor;
#endif
}

CURLcode okta_curl_set_private_sockets(CURL *handle) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
}

/* libcurl wakes a multi handle up over a pair of sockets, a pipe or an event descriptor. */
static bool can_wake_up(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return false;
    if (S_ISFIFO(status.st_mode)) return true;
    if (S_ISSOCK(status.st_mode)) {
        struct sockaddr_storage address;
        socklen_t size = sizeof address;
        return getsockname(descriptor, (struct sockaddr *)&address, &size) == 0 && address.ss_family == AF_UNIX;
    }
    /* An event descriptor has no file type. */
    return (status.st_mode & S_IFMT) == 0;
}

static bool is_readable(int descriptor) {
    struct pollfd entry = {.fd = descriptor, .events = POLLIN, .revents = 0};
    return poll(&entry, 1, 0) == 1 && (entry.revents & POLLIN) != 0;
}

enum { MOST_DESCRIPTORS = 4096, MOST_CANDIDATES = 16 };

/* Records which inheritable descriptors could belong to a multi handle; false when they cannot be listed. */
static bool list_candidates(bool *is_candidate) {
    DIR *folder = opendir("/dev/fd");
    if (folder == NULL) return false;
    for (int descriptor = 0; descriptor < MOST_DESCRIPTORS; descriptor++) is_candidate[descriptor] = false;
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        char *end;
        long descriptor = strtol(entry->d_name, &end, 10);
        if (end == entry->d_name || *end != 0 || descriptor < 3 || descriptor >= MOST_DESCRIPTORS) continue;
        if (descriptor == dirfd(folder)) continue;
        is_candidate[descriptor] = is_inherited((int)descriptor) && can_wake_up((int)descriptor);
    }
    closedir(folder);
    return true;
}

/*
 * Makes the descriptors of a new multi handle private. No libcurl function returns them, but they are new, at most two,
 * and one of them becomes readable when the handle is woken up. Returns false when another thread has opened similar
 * ones at the same time, so that they cannot be distinguished.
 */
static bool keep_wake_up_private(CURLM *multi, const bool *before, const bool *after) {
    int candidates[MOST_CANDIDATES];
    int count = 0;
    for (int descriptor = 0; descriptor < MOST_DESCRIPTORS; descriptor++) {
        if (!after[descriptor] || before[descriptor]) continue;
        if (count == MOST_CANDIDATES) return false;
        candidates[count++] = descriptor;
    }
    if (count == 0) return true;
    bool was_readable[MOST_CANDIDATES];
    for (int index = 0; index < count; index++) was_readable[index] = is_readable(candidates[index]);
    if (curl_multi_wakeup(multi) != CURLM_OK) return false;
    bool is_found = false;
    for (int index = 0; index < count; index++) {
        is_found = is_found || (!was_readable[index] && is_readable(candidates[index]));
    }
    /* Consumes the wake-up. */
    curl_multi_poll(multi, NULL, 0, 0, NULL);
    if (count > 2) return false;
    /* If none is found, the candidates belong to another thread, and libcurl's own are already private. */
    for (int index = 0; is_found && index < count; index++) keep_private(candidates[index]);
    return true;
}

CURLM *okta_curl_multi_init(void) {
    bool before[MOST_DESCRIPTORS], after[MOST_DESCRIPTORS];
    for (int attempt = 0; attempt < 8; attempt++) {
        bool is_listed = list_candidates(before);
        CURLM *multi = curl_multi_init();
        if (multi == NULL || !is_listed || !list_candidates(after)) return multi;
        if (keep_wake_up_private(multi, before, after)) return multi;
        curl_multi_cleanup(multi);
    }
    return curl_multi_init();
}
