import OktaRuntime

/// The parameters of a request to an OAuth endpoint, from the query and from a form or JSON object in the body.
struct OAuthForm: Sendable {
    private var values: [String: String] = [:]

    init(_ call: Call) {
        for (name, value) in call.target.query where values[name] == nil { values[name] = value }
        if call.request.header("content-type")?.lowercased().contains("json") == true {
            for (name, value) in (try? call.object())?.members ?? [] { values[name] = value.string }
            return
        }
        let body = String(decoding: call.request.body, as: UTF8.self)
        guard !body.isEmpty, !body.hasPrefix("{") else { return }
        for (name, value) in RequestTarget("/?" + body).query { values[name] = value }
    }

    /// Restores stored parameters, with those of the request that refers to them.
    init(kept: JSON, beside form: OAuthForm) {
        values = form.values
        for (name, value) in kept.members ?? [] { values[name] = value.string ?? value.int.map(String.init) }
    }

    /// Returns a parameter; nil if it is absent or empty, which are equivalent (RFC 6749, section 3.1).
    subscript(name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    /// Returns a required parameter.
    func required(_ name: String) throws(OAuthRefusal) -> String {
        guard let value = self[name] else { throw .invalidRequest("The '\(name)' parameter is required.") }
        return value
    }

    /// Returns the unique values of a space-separated list.
    func list(_ name: String) -> [String] {
        var list: [String] = []
        for value in (self[name] ?? "").split(separator: " ").map(String.init) where !list.contains(value) {
            list.append(value)
        }
        return list
    }

    /// All parameters except credentials, for storage.
    var json: JSON {
        JSON(
            members: values.filter { !$0.key.hasPrefix("client_assertion") && $0.key != "client_secret" }
                .sorted { $0.key < $1.key }.map { ($0.key, JSON($0.value)) })
    }
}
