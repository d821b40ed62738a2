internal import HTTPTypes
package import OktaRuntime

/// A call as a command for curl, without its token.
package struct CurlText: Sendable {
    /// The method.
    package let method: String
    /// The address with its query.
    package let url: String
    /// The body without its secrets; nil for none.
    package let body: JSON?
    private let fields: [String]

    /// Writes a call.
    package init(_ call: ActionCall, through client: OktaClient) throws(CommandFailure) {
        let request = try call.request(through: client)
        method = request.method.rawValue
        let query = request.query.encoded.isEmpty ? "" : "?\(request.query.encoded)"
        url = client.configuration.orgURL + request.path.encoded + query
        fields = call.action.descriptor.parameters.filter { $0.location == .header }.compactMap { parameter in
            call.values[parameter.name].map { "\(parameter.name): \($0)" }
        }
        if case .json(let json) = call.body { body = SecretMask.requests.masked(json) } else { body = nil }
    }

    /// The command. The token comes from the environment.
    package var text: String {
        var parts = [
            "curl", "-X", method, Self.quoted(url), "-H", "\"Authorization: SSWS $OKTA_CLIENT_TOKEN\"", "-H",
            "'Accept: application/json'",
        ]
        for field in fields { parts += ["-H", Self.quoted(field)] }
        if let body { parts += ["-H", "'Content-Type: application/json'", "--data", Self.quoted(body.text)] }
        return parts.joined(separator: " ")
    }

    private static func quoted(_ text: String) -> String {
        var result = "'"
        for character in text { result += character == "'" ? "'\\''" : String(character) }
        return result + "'"
    }
}
