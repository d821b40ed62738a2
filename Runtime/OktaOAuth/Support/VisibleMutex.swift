#if OKTA_SANITIZE
internal import OktaRuntime

/// See `VisibleMutex` of OktaRuntime.
typealias Mutex = VisibleMutex
#endif
