internal import OktaRuntime

/// A server of the Model Context Protocol over lines of text.
///
/// It supports both forms of the protocol: requests that state their version, and requests after a handshake.
package actor ProtocolServer {
    private let service: ToolService
    private let write: @Sendable (String) -> Void
    /// The negotiated version; nil before the handshake.
    private var negotiated: ProtocolVersion?
    /// The requests without a response. An id can be reused after its request was cancelled, so each request also has a
    /// number: a late response must not be attributed to the next request with the same id.
    private var running: [JSON: (number: Int, task: Task<Void, Never>)] = [:]
    private var lastNumber = 0
    /// The requests that remain open for notifications until the client cancels them.
    private var subscriptions: Set<JSON> = []

    /// The maximum number of concurrent requests.
    private static let maximumCalls = 64

    /// Creates a server.
    ///
    /// - Parameter write: Writes one line.
    package init(_ service: ToolService, write: @escaping @Sendable (String) -> Void) {
        self.service = service
        self.write = write
    }

    /// Processes one line of a client. Returns before its requests have responses.
    package func receive(_ line: [UInt8]) async {
        guard line.contains(where: { $0 > 0x20 }) else { return }
        let json: JSON
        do { json = try JSON(parsing: line) } catch {
            send(ProtocolError.parse("the line is not JSON: \(error)").response(to: nil))
            return
        }
        guard let batch = json.elements else {
            begin(ProtocolMessage(json)) { await $0.reply($1) }
            return
        }
        guard negotiated?.hasBatches ?? false else {
            send(ProtocolError.invalidRequest("this version of the protocol has no batches").response(to: nil))
            return
        }
        guard !batch.isEmpty else {
            send(ProtocolError.invalidRequest("the batch is empty").response(to: nil))
            return
        }
        let collected = BatchReply(count: batch.count)
        for element in batch {
            begin(ProtocolMessage(element)) { server, response in
                if let all = await collected.add(response), !all.isEmpty { await server.reply(JSON(all)) }
            }
        }
    }

    /// Rejects a line that is too long.
    package func refuseLine(longerThan limit: Int) {
        send(ProtocolError.invalidRequest("the line has more than \(limit) bytes").response(to: nil))
    }

    /// Waits for the running requests.
    package func finish() async {
        for request in Array(running.values) { await request.task.value }
    }

    /// Cancels the running requests without a response.
    package func cancelAll() {
        for request in running.values { request.task.cancel() }
        running = [:]
    }

    /// Processes one message. Calls `done` once, with the response, or with nil if there is none.
    private func begin(_ message: ProtocolMessage, _ done: @escaping @Sendable (ProtocolServer, JSON?) async -> Void) {
        switch message {
        case .response: Task { await done(self, nil) }
        case .notification(let method, let params):
            if method == "notifications/cancelled" { cancel(params) }
            Task { await done(self, nil) }
        case .invalid(let id, let reason):
            let response = ProtocolError.invalidRequest(reason).response(to: id)
            Task { await done(self, response) }
        case .request(let id, let method, let params):
            if let error = refusal(id) {
                let response = error.response(to: id)
                Task { await done(self, response) }
                return
            }
            // The handshake takes effect immediately, even while other requests run.
            if method == "initialize" { negotiated = .negotiated(params["protocolVersion"]?.string ?? "") }
            let version = negotiated
            lastNumber += 1
            let number = lastNumber
            let task = Task {
                let response = await self.response(to: id, method, params, version)
                // A cancelled request has no response.
                let isWanted = self.running[id]?.number == number
                if isWanted { self.running[id] = nil }
                await done(self, isWanted ? response : nil)
            }
            running[id] = (number, task)
        }
    }

    private func refusal(_ id: JSON) -> ProtocolError? {
        if running[id] != nil || subscriptions.contains(id) {
            return .invalidRequest("a request with this id runs already")
        }
        if running.count + subscriptions.count >= Self.maximumCalls {
            return .internalError("\(Self.maximumCalls) requests run already; try again later")
        }
        return nil
    }

    private func cancel(_ params: JSON) {
        guard let id = params["requestId"].flatMap(ProtocolMessage.id) else { return }
        running[id]?.task.cancel()
        running[id] = nil
        subscriptions.remove(id)
    }

    private func reply(_ response: JSON?) {
        if let response { send(response) }
    }

    private func send(_ message: JSON) { write(CompactJSON.text(message)) }

    // MARK: Requests

    private func response(
        to id: JSON, _ method: String, _ params: JSON, _ negotiated: ProtocolVersion?
    ) async -> JSON? {
        do throws(ProtocolError) {
            let meta = params["_meta"]
            guard let named = meta?["io.modelcontextprotocol/protocolVersion"], method != "initialize" else {
                return Self.result(try await handshakeResult(method, params, negotiated), of: id)
            }
            guard let text = named.string else { throw .invalidParams("the protocol version must be a string") }
            guard ProtocolVersion(rawValue: text)?.isPerRequest ?? false else { throw .unsupportedVersion(text) }
            guard meta?["io.modelcontextprotocol/clientCapabilities"]?.members != nil else {
                throw .invalidParams("_meta must have io.modelcontextprotocol/clientCapabilities, an object")
            }
            if method == "subscriptions/listen" {
                subscribe(id)
                return nil
            }
            var result = try await perRequestResult(method, params)
            result["resultType"] = "complete"
            result["_meta"] = ["io.modelcontextprotocol/serverInfo": service.identity]
            return Self.result(result, of: id)
        } catch {
            return error.response(to: id)
        }
    }

    private static func result(_ result: JSON, of id: JSON) -> JSON {
        ["jsonrpc": "2.0", "id": id, "result": result]
    }

    /// Returns the result of a request that states its version.
    private func perRequestResult(_ method: String, _ params: JSON) async throws(ProtocolError) -> JSON {
        switch method {
        case "server/discover":
            var result: JSON = [
                "supportedVersions": JSON(ProtocolVersion.perRequest.map { JSON($0.rawValue) }),
                "capabilities": ToolService.capabilities, "instructions": JSON(service.instructions),
            ]
            Self.setLifetime(of: &result)
            return result
        case "tools/list":
            var result = try await service.list(params)
            Self.setLifetime(of: &result)
            return result
        case "tools/call": return try await service.call(params)
        default: throw .unknownMethod(method)
        }
    }

    /// Opens a notification stream. It stays empty, since the server does not change while it runs.
    private func subscribe(_ id: JSON) {
        subscriptions.insert(id)
        send([
            "jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged",
            "params": ["_meta": ["io.modelcontextprotocol/subscriptionId": id], "notifications": JSON.emptyObject],
        ])
    }

    /// Sets the cache lifetime of the tool list, which depends on the token and does not change while the server runs.
    private static func setLifetime(of result: inout JSON) {
        result["ttlMs"] = 300_000
        result["cacheScope"] = "private"
    }

    /// Returns the result of a request after a handshake.
    private func handshakeResult(
        _ method: String, _ params: JSON, _ negotiated: ProtocolVersion?
    ) async throws(ProtocolError) -> JSON {
        switch method {
        case "initialize":
            guard params["protocolVersion"]?.string != nil else {
                throw .invalidParams("initialize needs protocolVersion, a string")
            }
            return [
                "protocolVersion": JSON((negotiated ?? .november2025).rawValue),
                "capabilities": ToolService.capabilities, "serverInfo": service.identity,
                "instructions": JSON(service.instructions),
            ]
        case "ping": return .emptyObject
        case "tools/list" where negotiated != nil: return try await service.list(params)
        case "tools/call" where negotiated != nil: return try await service.call(params)
        case "tools/list", "tools/call", "server/discover", "subscriptions/listen":
            throw .invalidParams(
                "the request has no io.modelcontextprotocol/protocolVersion in _meta, and initialize was not called")
        default: throw .unknownMethod(method)
        }
    }
}

/// Collects the responses of a batch.
private actor BatchReply {
    private var left: Int
    private var responses: [JSON] = []

    init(count: Int) { left = count }

    /// Adds the response to one message.
    ///
    /// - Returns: All responses after the last one; nil before.
    func add(_ response: JSON?) -> [JSON]? {
        left -= 1
        if let response { responses.append(response) }
        return left == 0 ? responses : nil
    }
}
