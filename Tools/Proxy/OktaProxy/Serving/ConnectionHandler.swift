#if Proxy
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

/// A client connection: reads its requests in order and writes their responses.
///
/// A request that arrives before the response to the previous one waits. While too much of a body is waiting to be
/// forwarded, the socket is not read, which slows the client down.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Responds to a request.
    typealias Responder = @Sendable (IncomingRequest, ConnectionSink) async -> Void

    private enum Arrival {
        case part(HTTPServerRequestPart)
        case fault(any Error)
    }

    private let responder: Responder
    private let portName: String?
    let limits: ServerLimits
    private let executor: LoopExecutor
    private(set) var context: ChannelHandlerContext?
    private(set) var exchange: ServerExchange?
    /// Parts that arrived after the current request.
    private var arrivals = CircularBuffer<Arrival>()
    private var isReadHeld = false
    private var isStopping = false
    /// Whether the connection only waits for the client to close it.
    private(set) var isLingering = false
    private(set) var idleSince = NIODeadline.now()
    var timer: Scheduled<Void>?

    init(responder: @escaping Responder, portName: String?, limits: ServerLimits, executor: LoopExecutor) {
        self.responder = responder
        self.portName = portName
        self.limits = limits
        self.executor = executor
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        setTimer()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        self.context = nil
        endExchange(.disconnected)
    }

    func channelInactive(context: ChannelHandlerContext) {
        endExchange(.disconnected)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(.part(unwrapInboundIn(data)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return context.close(promise: nil) }
        receive(.fault(error))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isStopping = true
            if exchange == nil { context.close(promise: nil) }
        case ChannelEvent.inputClosed:
            // The response has no recipient any more.
            endExchange(.disconnected)
            context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { exchange?.resumeWriter() }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if holdsReads { isReadHeld = true } else { context.read() }
    }

    private var holdsReads: Bool {
        // A few requests may wait behind the current one. Their heads are limited in size.
        (exchange?.heldBytes ?? 0) > limits.bodyBufferBytes || arrivals.count > 64
    }

    private func releaseReads() {
        guard isReadHeld, !holdsReads else { return }
        isReadHeld = false
        context?.read()
    }

    // MARK: Requests

    private func receive(_ arrival: Arrival) {
        guard !isLingering else { return }
        guard let exchange, exchange.isRequestComplete || !arrivals.isEmpty else { return take(arrival) }
        arrivals.append(arrival)
    }

    private func take(_ arrival: Arrival) {
        switch arrival {
        case .part(.head(let head)) where exchange == nil: begin(head)
        case .part(.body(let buffer)): exchange?.receive(buffer)
        case .part(.end): exchange?.receiveEnd()
        case .part: break
        case .fault(let error):
            if let exchange { exchange.fail(.malformed) } else { refuse(error) }
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        guard let context else { return }
        let isHTTP10 = head.version.major == 1 && head.version.minor == 0
        let exchange = ServerExchange(
            isHead: head.method == .HEAD, isHTTP10: isHTTP10,
            wantsKeepAlive: head.isKeepAlive && head.method != .CONNECT,
            expectsContinue: !isHTTP10 && head.headers.first(name: "expect")?.lowercased() == "100-continue")
        self.exchange = exchange
        let access = ConnectionAccess(self, exchange, context.eventLoop)
        let sink = ConnectionSink(access: access)
        do {
            var request = try RequestHeads.request(head, portName: portName)
            let length = RequestHeads.bodyLength(head)
            if length != 0 { request.body = .pieces(length: length) { try await access.nextPiece() } }
            exchange.task = Task(executorPreference: executor) { [responder] in await responder(request, sink) }
        } catch {
            exchange.task = Task(executorPreference: executor) { try? await sink.send(error.head, body: error.body) }
        }
    }

    /// Responds to a malformed request and closes the connection.
    private func refuse(_ error: any Error) {
        guard let context else { return }
        let failure =
            error as? HTTPParserError == .headerOverflow
            ? ProxyFailure(.headTooLarge, "the head of the request is larger than \(limits.headBytes / 1024) KiB")
            : ProxyFailure(.malformedRequest, "the request is not valid HTTP/1.1")
        var buffer = context.channel.allocator.buffer(capacity: 512)
        let body = failure.body
        ResponseText.write(failure.head, length: body.count, connection: "close", to: &buffer)
        buffer.writeBytes(body)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        linger()
    }

    // MARK: Responses

    /// Writes bytes of the current response.
    func write(_ buffer: ByteBuffer) {
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    /// Determines whether the connection is kept alive after a response, and returns the value of `Connection`.
    func connectionField(_ exchange: ServerExchange, needsClose: Bool) -> String? {
        exchange.keepsAlive =
            exchange.wantsKeepAlive && !isStopping && !needsClose && exchange.isRequestComplete
        if !exchange.keepsAlive { return "close" }
        return exchange.isHTTP10 ? "keep-alive" : nil
    }

    /// Completes a response.
    func finish(_ exchange: ServerExchange) {
        guard self.exchange === exchange else { return }
        exchange.response = .ended
        exchange.task = nil
        exchange.fail(.disconnected)
        self.exchange = nil
        idleSince = .now()
        guard exchange.keepsAlive else {
            if exchange.isRequestComplete { closeWhenWritten(.all) } else { linger() }
            return
        }
        while !isLingering, self.exchange.map({ !$0.isRequestComplete }) ?? true, let next = arrivals.popFirst() {
            take(next)
        }
        if isStopping, self.exchange == nil { closeWhenWritten(.all) }
        releaseReads()
    }

    /// Resets the connection, so that the client does not mistake the partial response for a complete one.
    func abort(_ exchange: ServerExchange) {
        guard self.exchange === exchange else { return }
        endExchange(.disconnected)
        guard let context else { return }
        if exchange.response == .begun(.untilClose) {
            // A normal close would end the body. A reset is an error for the client.
            context.channel.resetWhenClosed()
        }
        context.close(promise: nil)
    }

    /// Closes the connection after the client has, since a reset would discard a response that it has not read yet.
    private func linger() {
        isLingering = true
        arrivals.removeAll()
        idleSince = .now()
        closeWhenWritten(.output)
        isReadHeld = false
        context?.read()
    }

    /// Closes the connection after all writes; an immediate close would drop pending ones.
    private func closeWhenWritten(_ mode: CloseMode) {
        guard let context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(mode: mode, promise: nil) }
    }

    private func endExchange(_ fault: BodyFault) {
        arrivals.removeAll()
        guard let exchange else { return }
        self.exchange = nil
        exchange.task?.cancel()
        exchange.task = nil
        exchange.fail(fault)
        exchange.resumeWriter(throwing: ClientGone())
    }

    // MARK: Reading

    func read(
        _ exchange: ServerExchange, _ continuation: CheckedContinuation<[UInt8]?, any Error>
    ) {
        if exchange.expectsContinue, exchange.response == .none, exchange.heldBytes == 0, !exchange.isRequestComplete {
            write(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
        }
        exchange.expectsContinue = false
        exchange.read(continuation)
        releaseReads()
    }
}
#endif
