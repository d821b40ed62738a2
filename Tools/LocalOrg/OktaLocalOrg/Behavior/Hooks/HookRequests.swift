import OktaRuntime

/// Common parts of event hooks and inline hooks: their channel, and the requests to them.
enum HookRequests {
    /// Checks the channel: the hook's URL, and the headers to send.
    static func checkChannel(_ json: JSON) throws(OrgFault) {
        try Checks.text("channel.version", of: json)
        let url = try Checks.text("channel.config.uri", of: json)
        guard let address = HookAddress(url), address.scheme == "https" || address.isLoopback else {
            throw .invalid("uri", "uri: The address of a hook must be an HTTPS URL")
        }
        for header in json[path: "channel.config.headers"]?.elements ?? [] {
            guard let name = header.text("key"), !name.isEmpty, header.text("value") != nil else {
                throw .invalid("headers", Checks.blank("headers"))
            }
        }
    }

    /// Returns the headers of a request to a hook: its secret, and its custom headers.
    static func headers(_ hook: JSON, hasBody: Bool) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = [("Accept", "application/json")]
        if hasBody { headers.append(("Content-Type", "application/json")) }
        if let name = hook.text("channel.config.authScheme.key"),
            let value = hook.text("channel.config.authScheme.value")
        {
            headers.append((name, value))
        }
        for header in hook[path: "channel.config.headers"]?.elements ?? [] {
            if let name = header.text("key"), let value = header.text("value") { headers.append((name, value)) }
        }
        return headers
    }

    /// Returns the link to delete a hook, which only an inactive one has.
    static func deleteLink(_ json: JSON) -> String {
        json.text("status") == "ACTIVE" ? "" : #""delete":{"href":"<self>","hints":{"allow":["DELETE"]}},"#
    }

    /// Keeps the secrets that a replacement omits.
    static func keepSecrets(_ json: inout JSON, _ previous: JSON?, _ paths: [String]) {
        for path in paths where json[path: path] == nil {
            let parent = path.split(separator: ".").dropLast().joined(separator: ".")
            if json[path: parent]?.kind == .object, let secret = previous?[path: path] { json[path: path] = secret }
        }
    }
}
