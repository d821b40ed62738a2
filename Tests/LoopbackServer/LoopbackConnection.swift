import FlyingSocks

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// One accepted connection: reads requests and performs their answers until either side has enough.
struct LoopbackConnection: Sendable {
    let socket: AsyncSocket
    let pool: any AsyncSocketPool
    let log: RequestLog
    let beforeBody: LoopbackServer.HeadHandler?
    let handler: LoopbackServer.Handler

    func run() async {
        do {
            var reader = RequestReader(socket: socket, beforeBody: beforeBody)
            while let request = try await reader.next() {
                log.record(request)
                guard try await perform(handler(request)) else { break }
            }
        } catch {
            // The client has gone, sent no HTTP, or the server stops: all end the connection.
        }
        await close()
    }

    /// Answers whether the connection goes on.
    private func perform(_ answer: LoopbackAnswer) async throws -> Bool {
        for step in answer.steps {
            switch step {
            case .send(let bytes):
                try await socket.write(Data(bytes))
            case .run(let action):
                action()
            case .wait(let gate):
                await gate.wait()
                try Task.checkCancellation()
            case .waitForClose(let gate):
                while (try? await socket.read(atMost: 1024)) != nil {}
                gate.open()
                return false
            case .relay(let port):
                let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
                await relay(to: try await AsyncSocket.connected(to: address, pool: pool))
                return false
            case .close:
                return false
            case .reset:
                // What is closed without lingering is not said goodbye to.
                try socket.socket.setValue(true, for: AbruptClose())
                return false
            }
        }
        return true
    }

    private func relay(to server: AsyncSocket) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await copy(from: socket, to: server) }
            group.addTask { await copy(from: server, to: socket) }
            await group.next()
            group.cancelAll()
        }
        try? await pool.run()
        try? server.close()
    }

    private func copy(from source: AsyncSocket, to target: AsyncSocket) async {
        while let bytes = try? await source.read(atMost: 16 << 10) {
            guard (try? await target.write(Data(bytes))) != nil else { return }
        }
    }

    private func close() async {
        // A pool resumes a waiting task before it takes the socket out of its queue. Closing in between would leave a
        // stale entry, and the next socket of the same number would wait for ever. A second run of a running pool is
        // refused at once, but only after the pool has finished what it was at: so it serves as a barrier.
        try? await pool.run()
        try? socket.close()
    }
}

/// Makes the end of a connection a reset.
private struct AbruptClose: SocketOption {
    let level = SOL_SOCKET
    let name = SO_LINGER

    func makeSocketValue(from value: Bool) -> linger { linger(l_onoff: value ? 1 : 0, l_linger: 0) }
    func makeValue(from socketValue: linger) -> Bool { socketValue.l_onoff != 0 }
}
