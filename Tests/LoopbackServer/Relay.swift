import Dispatch
import Foundation

/// Passes on all bytes between two sockets, both ways, until one side ends.
enum Relay {
    /// Closes the socket to the server, and leaves that to the client for its owner.
    static func run(_ client: LoopbackSocket, _ server: LoopbackSocket) {
        let hasEnded = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            copy(from: server, to: client)
            hasEnded.signal()
        }
        copy(from: client, to: server)
        hasEnded.wait()
        server.close()
    }

    private static func copy(from source: LoopbackSocket, to target: LoopbackSocket) {
        while let bytes = try? source.read(atMost: 16 << 10), !bytes.isEmpty, (try? target.write(bytes)) != nil {}
        source.shutDown()
        target.shutDown()
    }
}
