import Dispatch
import Synchronization

/// One accepted connection. It reads requests and performs their responses until either side ends. It has its own
/// thread, which blocks during waits.
final class LoopbackConnection: Sendable {
    private let socket: LoopbackSocket
    private let log: RequestLog
    private let beforeBody: LoopbackServer.HeadHandler?
    private let handler: LoopbackServer.Handler
    private let isInterrupted = Mutex(false)
    /// Signalled when an awaited gate opens, and when the server stops.
    private let wakeUp = DispatchSemaphore(value: 0)

    init(
        socket: LoopbackSocket, log: RequestLog, beforeBody: LoopbackServer.HeadHandler?,
        handler: @escaping LoopbackServer.Handler
    ) {
        self.socket = socket
        self.log = log
        self.beforeBody = beforeBody
        self.handler = handler
    }

    func run() {
        do {
            var reader = RequestReader(socket: socket, beforeBody: beforeBody)
            while let request = try reader.next() {
                log.record(request)
                guard try perform(handler(request)) else { return }
            }
        } catch {
            // The client has disconnected or sent invalid HTTP, or the server stops. Each ends the connection.
        }
    }

    /// Makes ``run()`` return soon.
    func interrupt() {
        isInterrupted.withLock { $0 = true }
        socket.shutDown()
        wakeUp.signal()
    }

    /// Closes the socket. Must be called after ``run()`` has returned.
    func close() {
        socket.close()
    }

    /// Returns whether the connection continues.
    private func perform(_ response: LoopbackResponse) throws -> Bool {
        for step in response.steps {
            switch step {
            case .send(let bytes):
                try socket.write(bytes)
            case .run(let action):
                action()
            case .wait(let gate):
                gate.whenOpen { [wakeUp] in wakeUp.signal() }
                wakeUp.wait()
                if isInterrupted.withLock({ $0 }) { return false }
            case .waitForClose(let gate):
                while let bytes = try? socket.read(atMost: 1024), !bytes.isEmpty {}
                gate.open()
                return false
            case .relay(let port):
                Relay.run(socket, try .connected(to: port))
                return false
            case .close:
                return false
            case .reset:
                socket.resetOnClose()
                return false
            }
        }
        return true
    }
}
