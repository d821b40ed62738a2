#if OKTA_SANITIZE
internal import OktaRuntime

/// The lock that ThreadSanitizer recognizes. It takes precedence over that of the standard library.
typealias Mutex = VisibleMutex
#endif
