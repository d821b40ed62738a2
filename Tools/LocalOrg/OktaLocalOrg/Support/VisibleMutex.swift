#if OKTA_SANITIZE
internal import OktaRuntime

/// A lock that ThreadSanitizer supports, which shadows the standard library's.
typealias Mutex = VisibleMutex
#endif
