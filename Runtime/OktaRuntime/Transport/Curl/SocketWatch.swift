internal import CCurlShim

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// The sockets and the timer that libcurl wants to be told about, and the wait for them.
///
/// Belongs to the loop thread; libcurl's callbacks, which fill it, run on it too.
final class SocketWatch {
    struct Event {
        var socket: curl_socket_t
        var readiness: Int32
    }

    /// The wake-up pipe comes first, then libcurl's sockets.
    private var entries: [pollfd]
    private var timer: ContinuousClock.Instant?
    /// Whether libcurl's time is now.
    private var isDue = false
    private(set) var events: [Event] = []

    init(wakeUp: Int32) {
        entries = [pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0)]
    }

    /// Sets what to wait for on a socket; one of `CURL_POLL_*`.
    func watch(_ socket: curl_socket_t, for what: Int32) {
        let index = entries.dropFirst().firstIndex { $0.fd == socket }
        guard what != CURL_POLL_REMOVE else {
            if let index {
                entries.swapAt(index, entries.count - 1)
                entries.removeLast()
            }
            return
        }
        var interest: Int16 = 0
        if what & CURL_POLL_IN != 0 { interest |= Int16(POLLIN) }
        if what & CURL_POLL_OUT != 0 { interest |= Int16(POLLOUT) }
        if let index {
            entries[index].events = interest
        } else {
            entries.append(pollfd(fd: socket, events: interest, revents: 0))
        }
    }

    /// Sets when libcurl is to be called at the latest; negative for never.
    func setTimer(milliseconds: Int) {
        isDue = milliseconds == 0
        timer = milliseconds > 0 ? .now + .milliseconds(milliseconds) : nil
    }

    /// Whether libcurl's time has come; asking clears it.
    func takeDueTimer(at now: ContinuousClock.Instant) -> Bool {
        guard isDue || timer.map({ $0 <= now }) ?? false else { return false }
        isDue = false
        timer = nil
        return true
    }

    /// Waits for a socket, the timer, the wake-up pipe or the deadline, and fills ``events``.
    ///
    /// - Parameters:
    ///   - deadline: When to return at the latest.
    ///   - now: The time, read a moment ago.
    ///   - mayBlock: Whether to wait at all.
    /// - Returns: Whether the wake-up pipe has been written to.
    func wait(until deadline: ContinuousClock.Instant?, now: ContinuousClock.Instant, mayBlock: Bool) -> Bool {
        events.removeAll(keepingCapacity: true)
        let timeout = mayBlock && !isDue ? milliseconds(until: deadline, from: now) : 0
        let count = poll(&entries, nfds_t(entries.count), timeout)
        // Interrupted by a signal is as good as nothing yet.
        guard count > 0 else { return false }
        for entry in entries[1...] where entry.revents != 0 {
            var readiness: Int32 = 0
            if entry.revents & Int16(POLLIN | POLLHUP) != 0 { readiness |= CURL_CSELECT_IN }
            if entry.revents & Int16(POLLOUT) != 0 { readiness |= CURL_CSELECT_OUT }
            if entry.revents & Int16(POLLERR | POLLNVAL) != 0 { readiness |= CURL_CSELECT_ERR }
            events.append(Event(socket: entry.fd, readiness: readiness))
        }
        return entries[0].revents != 0
    }

    private func milliseconds(until deadline: ContinuousClock.Instant?, from now: ContinuousClock.Instant) -> Int32 {
        var left = 60_000
        if let timer { left = min(left, now.duration(to: timer).wholeMilliseconds) }
        if let deadline { left = min(left, now.duration(to: deadline).wholeMilliseconds) }
        return Int32(clamping: max(left, 0))
    }
}
