#if Proxy
internal import NIOCore

/// One request on a connection and the response to it. Confined to the connection's event loop.
final class ServerExchange {
    enum Response: Equatable {
        case none
        case begun(Framing)
        case ended
    }

    let isHead: Bool
    let isHTTP10: Bool
    /// Whether the client wants to use the connection again.
    let wantsKeepAlive: Bool
    /// Whether the client waits for a word before it sends its body.
    var expectsContinue: Bool
    var response = Response.none
    /// Whether the connection goes on after the response; decided with its head.
    var keepsAlive = false
    var task: Task<Void, Never>?

    /// Whether the whole request has arrived.
    private(set) var isRequestComplete = false
    /// The bytes of the body that wait to be read.
    private(set) var heldBytes = 0
    /// When the last part arrived, or the reader began to wait.
    var lastArrival = NIODeadline.now()
    private var pieces = CircularBuffer<[UInt8]>()
    private var fault: BodyFault?
    private var reader: CheckedContinuation<[UInt8]?, any Error>?
    /// The task that waits until the client has taken what was written.
    var writer: CheckedContinuation<Void, any Error>?
    var writerSince = NIODeadline.now()
    /// The head of the response, which goes out with the first piece of its body.
    var headBuffer: ByteBuffer?

    init(isHead: Bool, isHTTP10: Bool, wantsKeepAlive: Bool, expectsContinue: Bool) {
        self.isHead = isHead
        self.isHTTP10 = isHTTP10
        self.wantsKeepAlive = wantsKeepAlive
        self.expectsContinue = expectsContinue
    }

    var isReaderWaiting: Bool { reader != nil }

    func receive(_ buffer: ByteBuffer) {
        lastArrival = .now()
        guard buffer.readableBytes > 0, fault == nil else { return }
        let bytes = Array(buffer.readableBytesView)
        if let reader {
            self.reader = nil
            return reader.resume(returning: bytes)
        }
        pieces.append(bytes)
        heldBytes += bytes.count
    }

    func receiveEnd() {
        isRequestComplete = true
        if let reader {
            self.reader = nil
            reader.resume(returning: nil)
        }
    }

    /// Ends the body with a fault; what has arrived is dropped.
    func fail(_ fault: BodyFault) {
        if self.fault == nil { self.fault = fault }
        pieces.removeAll()
        heldBytes = 0
        if let reader {
            self.reader = nil
            reader.resume(throwing: fault)
        }
    }

    /// Gives the next piece now or later.
    func read(_ continuation: CheckedContinuation<[UInt8]?, any Error>) {
        if let piece = pieces.popFirst() {
            heldBytes -= piece.count
            return continuation.resume(returning: piece)
        }
        if let fault { return continuation.resume(throwing: fault) }
        if isRequestComplete { return continuation.resume(returning: nil) }
        // Only one task reads a body.
        guard reader == nil else { return continuation.resume(throwing: BodyFault.malformed) }
        lastArrival = .now()
        reader = continuation
    }

    /// What is written first: the head, if it still waits, with space behind it.
    func takeHead(reserving size: Int) -> ByteBuffer {
        guard var head = headBuffer else { return ByteBufferAllocator().buffer(capacity: size) }
        headBuffer = nil
        head.reserveCapacity(minimumWritableBytes: size)
        return head
    }

    func resumeWriter(throwing error: (any Error)? = nil) {
        guard let writer else { return }
        self.writer = nil
        if let error { writer.resume(throwing: error) } else { writer.resume() }
    }
}
#endif
