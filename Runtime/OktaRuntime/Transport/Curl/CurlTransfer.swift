internal import CCurlShim
internal import HTTPTypes

/// An easy handle, with its current call, the memory that libcurl refers to, and the received data.
///
/// A transfer is confined to the loop thread, on which libcurl's callbacks also run. The loop retains it while its
/// handle is in the multi handle, so that the unretained pointers passed to libcurl stay valid.
final class CurlTransfer {
    let handle: CurlHandle
    private(set) var call: CurlCall?
    /// The index in ``CurlTransferList``.
    var place = 0

    private let options: CurlTransport.Options
    private let errorText: UnsafeMutablePointer<CChar>
    private let repetition: CurlRetryGuard
    private let heads: ArrivedHeads
    private var profile: CurlHandleOptions?
    // Run-time exclusivity checks would cost a lookup per access. They are not needed, because only the loop's thread
    // accesses these properties. While a transfer runs, only libcurl's callbacks do so, one at a time, and no callback
    // calls code that would call another.
    @exclusivity(unchecked) private var url = CurlURL()
    @exclusivity(unchecked) private var headers: CurlHeaderList?
    @exclusivity(unchecked) private var head: ResponseHeadParser
    @exclusivity(unchecked) private var body: [UInt8] = []
    private var receivedCount = 0
    private(set) var isDownload = false
    private var hasHead = false
    /// The head of a streamed response that was not delivered yet.
    private var undelivered: TransportResponse?
    /// The error of a callback that aborts the transfer, which is reported instead of libcurl's "callback failed".
    private var ownFailure: TransportError?

    init(options: CurlTransport.Options, cache: HeaderFieldCache, heads: ArrivedHeads) throws(TransportError) {
        self.options = options
        self.heads = heads
        head = ResponseHeadParser(cache: cache)
        handle = try CurlHandle()
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        repetition = CurlRetryGuard(errorText: errorText)
    }

    deinit {
        // The handle is cleaned up later, and must not write to the buffer any more.
        _ = okta_curl_set_pointer(handle.pointer, CURLOPT_ERRORBUFFER, nil)
        _ = okta_curl_watch_version(handle.pointer, nil)
        errorText.deallocate()
    }

    /// Returns the transfer that an easy handle belongs to.
    static func owner(of handle: UnsafeMutableRawPointer) -> CurlTransfer? {
        var pointer: UnsafeMutableRawPointer?
        guard okta_curl_get_pointer(handle, CURLINFO_PRIVATE, &pointer) == CURLE_OK, let pointer else { return nil }
        return Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Whether any byte of the request has been written to a connection.
    var hasSentBytes: Bool { handle.hasSentRequest }

    /// The caller's deadline; `nil` after the head of a streamed response has arrived.
    var deadline: ContinuousClock.Instant? { hasHead ? nil : call?.deadline }

    /// Resumes the caller with the head of a streamed response, unless that was done or the call has ended.
    func deliverHead() {
        guard let head = undelivered else { return }
        undelivered = nil
        call?.deliverHead(head)
    }

    /// Configures the handle for a call.
    func begin(_ call: CurlCall) throws(TransportError) {
        // Most requests have the same header fields as the last one, in which case libcurl's list is kept.
        let fields = call.request.head.headerFields
        let hasSameFields = headers?.stands(for: fields) ?? false
        let profile = try profile(for: call, hasSameFields: hasSameFields)
        try url.set(path: call.request.head.path ?? "", in: handle)
        try profile.writeBody(call.request, to: handle)
        if !hasSameFields || headers == nil { try setHeaders(fields, hasBody: profile.hasBody) }
        self.call = call
        isDownload = call.download != nil
    }

    /// Returns the options for a call. Most requests need the same options as the last one, in which case these are
    /// kept.
    private func profile(for call: CurlCall, hasSameFields: Bool) throws(TransportError) -> CurlHandleOptions {
        if let profile, profile.stands(for: call, hasSameFields: hasSameFields) { return profile }
        let profile = CurlHandleOptions(call)
        handle.reset()
        headers = nil
        try profile.apply(to: handle, options: options)
        try connectCallbacks()
        if !profile.mayBeRepeated { try repetition.watch(handle) }
        url = CurlURL(origin: profile.origin)
        self.profile = profile
        return profile
    }

    private func setHeaders(_ fields: HTTPFields, hasBody: Bool) throws(TransportError) {
        let list = try CurlHeaderList(fields, hasBody: hasBody, passesAll: !options.decodesBodies)
        try handle.set(CURLOPT_HTTPHEADER, list: list.pointer)
        headers = consume list
    }

    /// Releases the call, its body and its path.
    func clear() {
        call = nil
        url.clear()
        _ = okta_curl_set_string(handle.pointer, CURLOPT_URL, nil)
        if profile?.hasBytes ?? false { _ = okta_curl_set_pointer(handle.pointer, CURLOPT_COPYPOSTFIELDS, nil) }
        errorText.pointee = 0
        head.clear()
        body = []
        receivedCount = 0
        hasHead = false
        undelivered = nil
        ownFailure = nil
        repetition.clear()
    }

    /// Continues with a body that waited for its source or its reader.
    ///
    /// - Returns: The result for the bytes that libcurl had buffered. The caller must end the transfer if it is not
    ///   `CURLE_OK`, because libcurl does not.
    func resume() -> CURLcode {
        curl_easy_pause(handle.pointer, CURLPAUSE_CONT)
    }

    /// Returns the outcome of a finished transfer. The handle must not have been reset.
    func outcome(of code: CURLcode) -> CurlCall.Outcome {
        if var ownFailure {
            ownFailure.mayHaveReachedServer = hasSentBytes
            return .failure(ownFailure)
        }
        if code == CURLE_OK {
            // libcurl treats a connection that closes within the head as the end of a response without a body.
            guard let response = head.response else { return .failure(failure(.connectionLost)) }
            return .success(
                TransportResponse(head: response, body: body, endedWithConnection: handle.endedWithConnection(response))
            )
        }
        let (proxyKind, text) = ProxyWords(handle, code, String(cString: errorText), options).parts
        let detail = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
        if let proxyKind { return .failure(TransportError(proxyKind, detail: detail)) }
        if repetition.hasForbidden { return .failure(failure(.connectionLost, detail: text)) }
        var error = failure(TransportError.Kind(code: code, hasResponse: head.hasStatus), detail: detail)
        if repetition.isRefused { error.mayHaveReachedServer = false }
        return .failure(error)
    }

    private func failure(_ kind: TransportError.Kind, detail: String = "") -> TransportError {
        TransportError(kind, detail: detail, mayHaveReachedServer: hasSentBytes)
    }

    private func connectCallbacks() throws(TransportError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        // The loop retains the transfer, so that the callbacks need not retain it for each line.
        try handle.set(CURLOPT_PRIVATE, pointer: context)
        try handle.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        try handle.set(CURLOPT_HEADERDATA, pointer: context)
        try handle.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Unmanaged<CurlTransfer>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.receiveHead(line) }
        }
        try handle.set(CURLOPT_WRITEDATA, pointer: context)
        try handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Unmanaged<CurlTransfer>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.receiveBody(piece) }
        }
        try handle.set(CURLOPT_READDATA, pointer: context)
        try handle.set(CURLOPT_READFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return Int(CURL_READFUNC_ABORT) }
            let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
            return Unmanaged<CurlTransfer>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.sendBody(buffer) }
        }
    }

    /// Processes a header line and returns the number of bytes taken. Any number other than all aborts the transfer.
    private func receiveHead(_ line: UnsafeRawBufferPointer) -> Int {
        do {
            try head.consume(line)
        } catch {
            return abort(error)
        }
        if isDownload, !hasHead, head.isFinal, let response = head.response {
            hasHead = true
            undelivered = TransportResponse(head: response)
            heads.note(self)
        }
        return line.count
    }

    private func receiveBody(_ piece: UnsafeRawBufferPointer) -> Int {
        guard let call else { return 0 }
        guard piece.count <= call.request.maximumResponseBytes - receivedCount else {
            return abort(TransportError(.responseTooLarge))
        }
        if let download = call.download {
            // libcurl keeps the piece and delivers it again when the transfer continues.
            guard download.offer(piece) else { return Int(CURL_WRITEFUNC_PAUSE) }
        } else {
            if receivedCount == 0 { reserveBody() }
            body.append(contentsOf: piece)
        }
        receivedCount += piece.count
        return piece.count
    }

    private func sendBody(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        switch call?.upload?.read(into: buffer) {
        case .bytes(let count): return count
        case .wait: return Int(CURL_READFUNC_PAUSE)
        case .end: return 0
        case .failed(let error):
            _ = abort(error)
            return Int(CURL_READFUNC_ABORT)
        case nil: return Int(CURL_READFUNC_ABORT)
        }
    }

    private func abort(_ error: TransportError) -> Int {
        ownFailure = error
        return 0
    }

    /// Reserves memory for the announced length, up to a size at which a false announcement does no harm.
    private func reserveBody() {
        guard let length = handle.announcedLength else { return }
        body.reserveCapacity(min(length, call?.request.maximumResponseBytes ?? 0, 8 << 20))
    }
}
