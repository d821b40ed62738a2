internal import HTTPTypes
package import OktaRuntime

/// A complete call of an action, independent of the command line and the org.
package struct ActionCall: Sendable {
    /// The body of a call.
    package enum Body: Sendable {
        /// No body.
        case none
        /// A JSON value, which may be sent as a form.
        case json(JSON)
        /// Bytes of a file; `-` is standard input.
        case bytes([UInt8], path: String)
    }

    /// The action.
    package var action: CommandAction
    /// The values of the action's parameters, by name in the API.
    package var values: [String: String]
    /// The body.
    package var body: Body
    /// The OAuth 2.0 client, for actions that authenticate one.
    package var client: ClientAuthentication?

    package init(
        _ action: CommandAction, values: [String: String] = [:], body: Body = .none,
        client: ClientAuthentication? = nil
    ) {
        self.action = action
        self.values = values
        self.body = body
        self.client = client
    }

    /// Returns the request of the call.
    package func request(through client: OktaClient) throws(CommandFailure) -> OktaRequest {
        do {
            return try client.makeRequest(
                for: action.descriptor, arguments: values, body: requestBody(), client: self.client)
        } catch {
            throw CommandFailure(of: error)
        }
    }

    /// Sends the call.
    ///
    /// - Returns: The response; for a list, its first page.
    package func perform(through client: OktaClient) async throws(CommandFailure) -> OktaResponse {
        let request = try request(through: client)
        do { return try await client.send(request) } catch {
            let kind = BodyKind(action.descriptor)
            guard error.status?.code == 400, kind != .none else { throw CommandFailure(error) }
            // The catalog does not state whether a body is required, so only the org rejects a call without one.
            let help = "`okta help \(action.category) \(action.name)`"
            var advice = "\(help) lists the fields of its body."
            if case .none = body { advice = "No body was given. \(help) says what it takes." }
            throw CommandFailure(ExitCode(error), "\(error)", advice: kind.model == nil ? nil : advice)
        }
    }

    /// Returns the pages of a list.
    package func pages(through client: OktaClient) throws(CommandFailure) -> Paged<JSON> {
        do { return try client.pages(for: action.descriptor, arguments: values) } catch { throw CommandFailure(error) }
    }

    private func requestBody() throws(CommandFailure) -> RequestBody {
        guard let body = Self.requestBody(body, as: BodyKind(action.descriptor)) else {
            throw .usage("the body of \(action.category) \(action.name) has another form")
        }
        return body
    }

    /// Returns the encoded body for a kind; nil if it does not match the kind.
    package static func requestBody(_ body: Body, as kind: BodyKind) -> RequestBody? {
        switch (kind, body) {
        case (_, .none): return RequestBody.none
        case (.json(_, let media), .json(let json)): return .json(json, contentType: media)
        case (.form, .json(let json)): return .form(members: json)
        case (.certificate, .bytes(let bytes, _)): return .certificate(bytes)
        case (.bytes(let media), .bytes(let bytes, _)): return .bytes(bytes, contentType: media)
        case (.file, .bytes(let bytes, let path)):
            let name = path == "-" ? "file" : path.split(separator: "/").last.map(String.init) ?? "file"
            let file = UploadFile(bytes: bytes, fileName: name, contentType: imageType(of: name))
            return .multipart([.file(name: "file", file)])
        default: return nil
        }
    }

    private static func imageType(of name: String) -> MediaType {
        switch name.split(separator: ".").last.map({ $0.lowercased() }) {
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "svg": "image/svg+xml"
        case "ico": "image/x-icon"
        default: .bytes
        }
    }
}
