internal import CCurlShim
internal import HTTPTypes

/// One transfer in the multi handle: the easy handle, what libcurl points to while it runs, and what has arrived.
///
/// Belongs to the loop thread; libcurl's callbacks run on it too. The loop keeps it alive while its handle is in the
/// multi handle, so the unretained pointers given to libcurl stay valid.
final class CurlTransfer {
    let call: CurlCall
    let handle: CurlHandle

    private var headers: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private var head = ResponseHeadParser()
    private var body: [UInt8] = []
    /// Set by a callback that aborts the transfer, to be reported instead of libcurl's "callback failed".
    private var ownFailure: TransportError.Kind?

    init(call: CurlCall, handle: CurlHandle) throws(TransportError) {
        self.call = call
        self.handle = handle
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let setup = CurlTransferSetup(request: call.request, options: call.options)
        headers = try setup.headerList()
        try setup.apply(to: handle)
        try handle.set(CURLOPT_HTTPHEADER, list: headers)
        try handle.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        try connectCallbacks()
    }

    deinit {
        curl_slist_free_all(headers)
        errorText.deallocate()
    }

    /// The transfer that an easy handle belongs to.
    static func owner(of handle: UnsafeMutableRawPointer) -> CurlTransfer? {
        var pointer: UnsafeMutableRawPointer?
        guard okta_curl_get_pointer(handle, CURLINFO_PRIVATE, &pointer) == CURLE_OK, let pointer else { return nil }
        return Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Whether any byte of the request has been written to a connection.
    var hasSentBytes: Bool {
        var size = 0
        return okta_curl_get_long(handle.pointer, CURLINFO_REQUEST_SIZE, &size) == CURLE_OK && size > 0
    }

    /// What a finished transfer means for its caller; the handle must still have its results.
    func outcome(of code: CURLcode) -> CurlCall.Outcome {
        if code == CURLE_OK {
            // libcurl takes a connection that closes inside the head for the end of a response without a body.
            guard let status = head.status, head.isComplete else { return .failure(failure(.connectionLost)) }
            return .success(
                TransportResponse(head: HTTPResponse(status: status, headerFields: head.fields), body: body))
        }
        if let ownFailure { return .failure(failure(ownFailure)) }
        let text = String(cString: errorText)
        let detail = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
        return .failure(failure(TransportError.Kind(code: code, hasAnswer: head.status != nil), detail: detail))
    }

    private func failure(_ kind: TransportError.Kind, detail: String = "") -> TransportError {
        TransportError(kind, detail: detail, mayHaveReachedServer: hasSentBytes)
    }

    private func connectCallbacks() throws(TransportError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try handle.set(CURLOPT_PRIVATE, pointer: context)
        try handle.set(CURLOPT_HEADERDATA, pointer: context)
        try handle.set(CURLOPT_WRITEDATA, pointer: context)
        try handle.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.receiveHead(line) ? line.count : 0
        }
        try handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.receiveBody(chunk) ? chunk.count : 0
        }
    }

    private func receiveHead(_ line: UnsafeRawBufferPointer) -> Bool {
        do {
            try head.consume(line)
            return true
        } catch {
            ownFailure = error.kind
            return false
        }
    }

    private func receiveBody(_ chunk: UnsafeRawBufferPointer) -> Bool {
        guard chunk.count <= call.request.maximumResponseBytes - body.count else {
            ownFailure = .responseTooLarge
            return false
        }
        if body.isEmpty { reserveBody() }
        body.append(contentsOf: chunk)
        return true
    }

    /// Makes room for the announced length at once, up to a size that a false announcement cannot hurt with.
    private func reserveBody() {
        var length: curl_off_t = 0
        guard okta_curl_get_offset(handle.pointer, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length) == CURLE_OK, length > 0
        else { return }
        body.reserveCapacity(min(Int(length), call.request.maximumResponseBytes, 8 << 20))
    }
}
