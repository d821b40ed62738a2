#if OKTA_SANITIZE
import OktaRuntime

/// A lock that ThreadSanitizer understands. It takes precedence over that of the standard library.
typealias Mutex = VisibleMutex
#endif
