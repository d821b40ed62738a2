import Dispatch
import Foundation

/// Relays all bytes between two sockets in both directions until one side ends.
enum Relay {
    /// Closes the socket to the server. The owner of the socket to the client closes that one.
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
