import Foundation

@testable import LoopbackServer

/// A client connection for raw bytes. Its calls block separate threads.
final class RawConnection: Sendable {
    private let socket: LoopbackSocket

    init(port: Int) throws { socket = try .connected(to: UInt16(port)) }

    deinit { socket.close() }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            // A separate thread: Dispatch replaces blocked threads only once a second.
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }

    /// Sends bytes. Throws if the peer has closed the connection.
    func send(_ bytes: [UInt8]) async throws {
        try await run { [socket] in try socket.write(bytes) }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Reads the next bytes; empty at the end and after a reset.
    func receive(atMost size: Int = 65_536) async throws -> [UInt8] {
        try await run { [socket] in (try? socket.read(atMost: size)) ?? [] }
    }

    /// Reads all bytes up to the end of the connection.
    func receiveAll() async throws -> [UInt8] {
        var all: [UInt8] = []
        while case let more = try await receive(), !more.isEmpty { all += more }
        return all
    }

    /// Waits for the end of the connection, and returns whether it was a reset.
    func endsByReset() async throws -> Bool {
        try await run { [socket] in
            do {
                while !(try socket.read(atMost: 65_536)).isEmpty {}
                return false
            } catch {
                return true
            }
        }
    }

    /// Ends the connection. A waiting read returns its end.
    func shutDown() { socket.shutDown() }
}
