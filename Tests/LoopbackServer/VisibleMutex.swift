#if OKTA_SANITIZE
import OktaRuntime

/// See `VisibleMutex` of OktaRuntime.
typealias Mutex = VisibleMutex
#endif
