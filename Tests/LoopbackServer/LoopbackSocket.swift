#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// A failed system call, with its name and `errno`.
struct SocketFault: Error {
    let call: String
    let code: Int32

    init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }
}

/// A blocking TCP socket on 127.0.0.1.
struct LoopbackSocket: Sendable {
    let descriptor: Int32

    /// Creates a socket that child processes do not inherit, without delayed writes and without SIGPIPE.
    private init() throws(SocketFault) {
        #if canImport(Glibc)
        let type = Int32(SOCK_STREAM.rawValue)
        #else
        let type = SOCK_STREAM
        #endif
        self.init(descriptor: socket(AF_INET, type, 0))
        guard descriptor >= 0 else { throw SocketFault("socket") }
        configure()
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    private func configure() {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        #if canImport(Darwin)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, size)
        #endif
    }

    // MARK: Making connections

    /// Creates a socket that listens at a port chosen by the system.
    static func listening() throws(SocketFault) -> LoopbackSocket {
        let socket = try LoopbackSocket()
        do throws(SocketFault) {
            try socket.withAddress(port: 0, call: "bind", bind)
            guard listen(socket.descriptor, SOMAXCONN) == 0 else { throw SocketFault("listen") }
            return socket
        } catch {
            socket.close()
            throw error
        }
    }

    /// Connects to a port of this machine.
    static func connected(to port: UInt16) throws(SocketFault) -> LoopbackSocket {
        let socket = try LoopbackSocket()
        do throws(SocketFault) {
            try socket.withAddress(port: port, call: "connect", connect)
            return socket
        } catch {
            socket.close()
            throw error
        }
    }

    /// Returns the next connection; `nil` if there is none.
    func accept() -> LoopbackSocket? {
        let accepted = systemAccept(descriptor)
        guard accepted >= 0 else { return nil }
        let socket = LoopbackSocket(descriptor: accepted)
        socket.configure()
        return socket
    }

    /// The local port.
    func port() throws(SocketFault) -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard code == 0 else { throw SocketFault("getsockname") }
        return UInt16(bigEndian: address.sin_port)
    }

    private func withAddress(
        port: UInt16, call: String, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(SocketFault) {
        var address = sockaddr_in()
        #if canImport(Darwin)
        address.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
        #endif
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw SocketFault(call) }
    }

    // MARK: Bytes

    /// Waits for bytes. Returns none at the end of the connection.
    func read(atMost count: Int) throws(SocketFault) -> [UInt8] {
        var code = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            repeat { code = recv(descriptor, buffer.baseAddress, count, 0) } while code < 0 && errno == EINTR
            length = max(code, 0)
        }
        guard code >= 0 else { throw SocketFault("recv") }
        return bytes
    }

    /// Writes all bytes, and waits until the system has accepted them.
    func write(_ bytes: [UInt8]) throws(SocketFault) {
        #if canImport(Darwin)
        let flags: Int32 = 0
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        var written = 0
        while written < bytes.count {
            let code = bytes.withUnsafeBytes { buffer in
                send(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written, flags)
            }
            if code >= 0 { written += code } else if errno != EINTR { throw SocketFault("send") }
        }
    }

    // MARK: The end

    /// Shuts down both directions. A waiting read returns no bytes, and the peer reads the end.
    func shutDown() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Shuts down writing. The peer reads the end and may continue to write.
    func endWriting() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes the next ``close()`` reset the connection, by setting the linger time to zero.
    func resetOnClose() {
        var abrupt = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
    }

    /// Closes the socket. Must be called once, when no other thread uses the socket.
    func close() {
        systemClose(descriptor)
    }
}

/// The system's `close`, for types with a method of that name.
func systemClose(_ descriptor: Int32) {
    _ = close(descriptor)
}

/// The system's `accept`, without the address of the other end.
private func systemAccept(_ descriptor: Int32) -> Int32 {
    accept(descriptor, nil, nil)
}
