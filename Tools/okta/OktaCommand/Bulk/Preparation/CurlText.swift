internal import HTTPTypes
package import OktaRuntime

/// A request as a curl command, without its token and secrets.
package struct CurlText: Sendable {
    /// The method.
    package let method: String
    /// The URL with the query.
    package let url: String
    /// The body without secrets; nil for files, or if there is none.
    package let body: JSON?
    private let options: [String]

    /// The file with the whole object, if fields are set in the current one.
    static let objectFile = "object.json"

    /// Creates the command for a call of an action.
    ///
    /// - Parameter setsFields: Whether the body is the current object with some fields set. It is unknown until the
    ///   object is read, so the command takes it from ``objectFile``.
    package init(
        _ call: ActionCall, setsFields: Bool = false, through client: OktaClient
    ) throws(CommandFailure) {
        let request = try call.request(through: client)
        let descriptor = call.action.descriptor
        let query = request.query.encoded.isEmpty ? "" : "?\(request.query.encoded)"
        let fields = descriptor.parameters.filter { $0.location == .header }.compactMap { parameter in
            call.values[parameter.name].map { "\(parameter.name): \($0)" }
        }
        var credentials = Self.token(of: client)
        switch descriptor.authorization {
        case .anonymous: credentials = []
        // The secret comes from the environment, as for this program. A public client has an empty one.
        case .client: credentials = ["-u", "\"\(call.client?.clientID ?? ""):$\(ClientCredentials.secretVariable)\""]
        default: break
        }
        self.init(
            method: request.method.rawValue, url: client.configuration.orgURL + request.path.encoded + query,
            options: credentials + Self.fields(["Accept: \(descriptor.accept ?? "application/json")"] + fields),
            kind: setsFields ? .bytes(.json) : BodyKind(descriptor),
            body: setsFields ? .bytes([], path: Self.objectFile) : call.body)
    }

    /// Creates the command for a request without an action.
    ///
    /// - Parameter kind: The kind of its body.
    package init(
        method: String, target: String, kind: BodyKind, body: ActionCall.Body, through client: OktaClient
    ) {
        self.init(
            method: method, url: target.hasPrefix("/") ? client.configuration.orgURL + target : target,
            options: Self.token(of: client) + Self.fields(["Accept: application/json"]), kind: kind, body: body)
    }

    private init(method: String, url: String, options: [String], kind: BodyKind, body: ActionCall.Body) {
        self.method = method
        self.url = url
        switch body {
        case .none:
            self.body = nil
            self.options = options
        case .json(let json):
            let masked = SecretMask.requests.masked(json)
            self.body = masked
            self.options = options + Self.data(masked, kind)
        case .bytes(_, let path):
            self.body = nil
            self.options = options + Self.file(path, kind)
        }
    }

    /// The command. It takes the token from the environment.
    package var text: String {
        // With `-X HEAD`, curl would wait for a body; and it interprets brackets in a URL as a pattern.
        let call = method == "HEAD" ? ["curl", "--head"] : ["curl", "-X", method]
        let globbing = url.contains(where: { "[]{}".contains($0) }) ? ["--globoff"] : []
        return (call + globbing + [Self.quoted(url)] + options).joined(separator: " ")
    }

    private static func token(of client: OktaClient) -> [String] {
        let scheme = client.configuration.authorization is APITokenAuthorization ? "SSWS" : "Bearer"
        return ["-H", "\"Authorization: \(scheme) $OKTA_CLIENT_TOKEN\""]
    }

    private static func fields(_ fields: [String]) -> [String] { fields.flatMap { ["-H", quoted($0)] } }

    private static func data(_ json: JSON, _ kind: BodyKind) -> [String] {
        switch kind {
        case .form:
            return (json.members ?? []).flatMap { name, value in
                ["--data-urlencode", quoted("\(name)=\(value.string ?? value.text)")]
            }
        case .json(_, let media): return fields(["Content-Type: \(media.rawValue)"]) + ["--data", quoted(json.text)]
        default: return fields(["Content-Type: application/json"]) + ["--data", quoted(json.text)]
        }
    }

    private static func file(_ name: String, _ kind: BodyKind) -> [String] {
        switch kind {
        // Commas and semicolons end an unquoted file name in a form.
        case .file: ["-F", quoted("file=@" + (name.contains { ",;\"\\".contains($0) } ? JSON(name).text : name))]
        case .certificate: fields(["Content-Type: application/x-pem-file"]) + ["--data-binary", quoted("@\(name)")]
        case .bytes(let media): fields(["Content-Type: \(media.rawValue)"]) + ["--data-binary", quoted("@\(name)")]
        default: ["--data-binary", quoted("@\(name)")]
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "'"
        for character in text { result += character == "'" ? "'\\''" : String(character) }
        return result + "'"
    }
}
