#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// A listening socket. Another thread can end its wait for connections.
final class Listener: Sendable {
    let port: UInt16

    private let socket: LoopbackSocket
    /// A pipe that wakes the thread that waits for a connection, because not all systems end that wait when the
    /// listening socket is shut down.
    private let waker: (reads: Int32, writes: Int32)

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SocketFault("pipe") }
        waker = (ends[0], ends[1])
        do throws(SocketFault) {
            socket = try .listening()
        } catch {
            for end in ends { systemClose(end) }
            throw error
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        port = try socket.port()
    }

    /// Waits for the next connection. Returns `nil` if the wait was interrupted.
    func accept() -> LoopbackSocket? {
        while true {
            var events = [
                pollfd(fd: waker.reads, events: Int16(POLLIN), revents: 0),
                pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&events, nfds_t(events.count), -1) > 0 else { continue }
            if events[0].revents != 0 { return nil }
            // The client may have given up meanwhile.
            if let accepted = socket.accept() { return accepted }
        }
    }

    /// Makes ``accept()`` return, now or when it is called.
    func interrupt() {
        var byte: UInt8 = 0
        _ = write(waker.writes, &byte, 1)
    }

    /// Closes the sockets. Must be called only when no thread is waiting.
    func close() {
        socket.close()
        systemClose(waker.reads)
        systemClose(waker.writes)
    }
}
