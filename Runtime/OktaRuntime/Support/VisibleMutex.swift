#if OKTA_SANITIZE
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// The `Mutex` of this module under `make sanitize`. A module's own name takes precedence over an imported one, but only
/// in that module. Each module that `make sanitize` tests therefore has this alias.
typealias Mutex = VisibleMutex

/// A replacement for the standard library's `Mutex`. ThreadSanitizer does not recognize the futex of that type on Linux
/// and would report every use as a race. It recognizes the pthread lock of this type. All other code is compiled as
/// released.
///
/// `@unchecked Sendable` holds because the value is accessed only while the lock is held.
package struct VisibleMutex<Value>: ~Copyable, @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    package init(_ initial: consuming sending Value) {
        lock = .allocate(capacity: 1)
        lock.initialize(to: pthread_mutex_t())
        pthread_mutex_init(lock, nil)
        value = .allocate(capacity: 1)
        value.initialize(to: initial)
    }

    deinit {
        value.deinitialize(count: 1)
        value.deallocate()
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    package borrowing func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return try body(&value.pointee)
    }
}
#endif
