#if Proxy
internal import NIOCore

/// A request on a connection and its response. Confined to the connection's event loop.
final class ServerExchange {
    enum Response: Equatable {
        case none
        case begun(Framing)
        case ended
    }

    let isHead: Bool
    let isHTTP10: Bool
    /// Whether the client keeps the connection alive.
    let wantsKeepAlive: Bool
    /// Whether the client waits for 100 (Continue) before it sends its body.
    var expectsContinue: Bool
    var response = Response.none
    /// Whether the connection is kept alive after the response, which is decided with its head.
    var keepsAlive = false
    var task: Task<Void, Never>?

    /// Whether the request has arrived completely.
    private(set) var isRequestComplete = false
    /// The number of buffered bytes of the body.
    private(set) var heldBytes = 0
    /// When the last part arrived, or the reader started to wait.
    var lastArrival = NIODeadline.now()
    private var pieces = CircularBuffer<[UInt8]>()
    private var fault: BodyFault?
    private var reader: CheckedContinuation<[UInt8]?, any Error>?
    /// The task that waits until the client has received what was written.
    var writer: CheckedContinuation<Void, any Error>?
    var writerSince = NIODeadline.now()
    /// The head of the response, which is sent with the first piece of its body.
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

    /// Ends the body with an error; buffered pieces are dropped.
    func fail(_ fault: BodyFault) {
        if self.fault == nil { self.fault = fault }
        pieces.removeAll()
        heldBytes = 0
        if let reader {
            self.reader = nil
            reader.resume(throwing: fault)
        }
    }

    /// Resumes with the next piece, now or when it arrives.
    func read(_ continuation: CheckedContinuation<[UInt8]?, any Error>) {
        if let piece = pieces.popFirst() {
            heldBytes -= piece.count
            return continuation.resume(returning: piece)
        }
        if let fault { return continuation.resume(throwing: fault) }
        if isRequestComplete { return continuation.resume(returning: nil) }
        // A body can only have one reader.
        guard reader == nil else { return continuation.resume(throwing: BodyFault.malformed) }
        lastArrival = .now()
        reader = continuation
    }

    /// Returns the buffer to write first: the head, if it was not sent yet, with space after it.
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
