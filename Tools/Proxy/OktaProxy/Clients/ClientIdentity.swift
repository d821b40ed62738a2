#if Proxy
internal import HTTPTypes

/// The client of a request: the lane in which it waits, and its priority.
package struct ClientIdentity: Sendable, Hashable {
    /// The name on the status page.
    package var name: String
    /// Whether the client's calls wait behind those of others.
    package var isBulk: Bool

    package init(name: String, isBulk: Bool) {
        self.name = name
        self.isBulk = isBulk
    }

    /// The header fields with a client's name and its priority, which are never forwarded.
    package static let nameField = "x-okta-proxy-client"
    package static let priorityField = "x-okta-proxy-priority"
}

/// Identifies the client of a request.
package struct ClientNaming: Sendable {
    /// The names of clients with bulk priority.
    private let bulk: Set<String>

    package init(bulk: Set<String> = []) { self.bulk = bulk }

    /// Returns the client of a request.
    ///
    /// The name of the local secret takes precedence, since a client cannot choose it freely. Then come the field
    /// `X-Okta-Proxy-Client`, the name of the port, and the first product of `User-Agent`.
    ///
    /// - Parameter proven: The name of the local secret; nil if none is required.
    /// - Throws: ``ProxyFailure`` for an invalid name or priority.
    package func identity(of request: IncomingRequest, proven: String?) throws(ProxyFailure) -> ClientIdentity {
        let stated = request.fields.first(ClientIdentity.nameField)
        if let stated, !Self.isName(stated) {
            throw ProxyFailure(
                .clientName,
                "X-Okta-Proxy-Client is not a client name; use up to 64 letters, digits, dots, hyphens and underscores"
            )
        }
        let name = proven ?? stated ?? request.portName ?? Self.product(request.fields.first("user-agent"))
        switch request.fields.first(ClientIdentity.priorityField)?.lowercased() {
        case nil: return ClientIdentity(name: name, isBulk: bulk.contains(name))
        case "bulk": return ClientIdentity(name: name, isBulk: true)
        case "interactive": return ClientIdentity(name: name, isBulk: false)
        default: throw ProxyFailure(.clientName, "X-Okta-Proxy-Priority is neither interactive nor bulk")
        }
    }

    /// Returns whether a text is a valid client name.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
    }

    /// Returns the first product of a `User-Agent` without its version: `okta-sdk-python` for `okta-sdk-python/3.4.6
    /// python/3.12`.
    static func product(_ userAgent: String?) -> String {
        guard let userAgent else { return "unnamed" }
        let name = userAgent.utf8.prefix(while: isNameByte).prefix(64)
        return name.isEmpty ? "unnamed" : String(decoding: name, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
    }
}
#endif
