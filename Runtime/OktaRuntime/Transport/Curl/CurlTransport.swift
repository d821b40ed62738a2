/// A transport that uses libcurl.
///
/// A dedicated thread drives all transfers of an instance through a `curl_multi` handle. Connections are kept alive and
/// shared (HTTP/2 over TLS if the server offers it, HTTP/1.1 otherwise), compressed bodies are decoded, redirects are
/// not followed, cookies are not stored, and certificates are verified. Only `https` is allowed, and `http` to a
/// loopback host.
///
/// Share one instance, because each has its own thread and connections. Both end with ``shutdown()`` or with the
/// instance. If the process exits first, by a return from `main` or by `exit`, the thread stops in place, and calls in
/// flight do not end.
///
/// libcurl automatically resends a `GET` or `HEAD` without a DPoP proof if the server closes a kept-alive connection
/// before any byte of a response has arrived. Any other request is resent only if the server refuses its HTTP/2 stream,
/// in which case it has not processed the request.
public final class CurlTransport: HTTPTransport {
    private let mailbox: CurlMailbox
    private let options: Options

    /// Starts the thread of a new transport.
    ///
    /// - Parameter options: The options of all transfers.
    /// - Throws: A ``TransportError`` of kind ``TransportError/Kind/invalidOptions`` that names the option, or
    ///   ``TransportError/Kind/other`` if libcurl or the thread cannot start.
    public convenience init(options: Options = Options()) throws(TransportError) {
        try self.init(options: options, loops: .ofProcess)
    }

    init(options: Options, loops: LoopRegistry) throws(TransportError) {
        try options.check()
        let multi = try CurlMultiHandle.create(maximumConnectionsPerHost: options.maximumConnectionsPerHost)
        let mailbox = CurlMailbox(wakeUp: multi)
        self.mailbox = mailbox
        self.options = options
        do throws(TransportError) {
            try loops.enter(mailbox)
            try TransportThread.start {
                var loop = CurlEventLoop(multi: multi, mailbox: mailbox, options: options)
                loop.run(among: loops)
            }
        } catch {
            loops.leave(mailbox)
            mailbox.retire()
            multi.destroy()
            throw error
        }
    }

    deinit {
        mailbox.close()
    }

    /// Ends the thread. Calls in flight and later ones fail with ``TransportError/Kind/shutDown``. May be called
    /// repeatedly.
    public func shutdown() {
        mailbox.close()
    }

    /// Sends the request on the transport's thread. Cancelling the task ends the transfer.
    ///
    /// - Parameter request: The request, to an `https` URL or to a loopback host.
    /// - Returns: The complete response, with any status.
    /// - Throws: A ``TransportError``.
    public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        switch await perform(CurlCall(request: request, upload: uploadChannel(for: request))) {
        case .success(let response): return response
        case .failure(let error): throw error
        }
    }

    /// Sends the request and returns the response when its head has arrived. The body follows.
    ///
    /// The transfer has a separate connection, over HTTP/1.1, so that a slow reader does not slow other transfers. The
    /// total timeout applies until the head has arrived. After that, the transfer fails after an idle period of
    /// ``TransportRequest/Timeouts/idle``, except while it waits for its reader.
    ///
    /// - Parameter request: The request, to an `https` URL or to a loopback host.
    /// - Returns: The response, with any status.
    /// - Throws: A ``TransportError``. Reading the body throws it too.
    public func stream(_ request: TransportRequest) async throws(TransportError) -> TransportResponse.Stream {
        let channel = DownloadChannel(capacity: options.streamBufferBytes)
        let call = CurlCall(request: request, download: channel, upload: uploadChannel(for: request))
        // The reader is created before the head arrives, so that the transfer ends even if the caller is cancelled.
        let reader = DownloadReader(call: call, channel: channel, mailbox: mailbox, transport: self)
        let response = try await perform(call).get()
        return TransportResponse.Stream(head: response.head) { () async throws(TransportError) -> [UInt8]? in
            try await reader.next()
        }
    }

    /// Counts the loop's transfers and handles.
    func census() async -> CurlCensus {
        await withCheckedContinuation { continuation in
            mailbox.post(.census { continuation.resume(returning: $0) })
        }
    }

    private func uploadChannel(for request: TransportRequest) -> UploadChannel? {
        request.streamedBody.map { UploadChannel(capacity: options.streamBufferBytes, length: $0.length) }
    }

    private func perform(_ call: CurlCall) async -> CurlCall.Outcome {
        #if OKTA_SANITIZE
        defer { call.synchronize() }
        #endif
        let delivery = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                call.attach(continuation)
                mailbox.post(.start(call))
                if let upload = call.upload, let body = call.request.streamedBody {
                    upload.start(body) { [mailbox] in mailbox.post(.resume(call)) }
                }
            }
        } onCancel: {
            // This may run before the call is posted. The loop checks the mark when it starts a call.
            call.markCancelled()
            mailbox.post(.cancel(call))
        }
        if let turn = delivery.turn { mailbox.hasRun(turn) }
        return delivery.outcome
    }
}
