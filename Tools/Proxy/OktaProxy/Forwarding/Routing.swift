#if Proxy
package import HTTPTypes
package import OktaRuntime

/// Determines the destination of a request, and the fields to forward.
package struct Routing: Sendable {
    package let org: OrgAddress
    private let names: ProxyNames
    private let clients: ClientNaming
    private let secrets: LocalSecrets?
    private let wantsPlainBodies: Bool
    private let keepsHost: Bool
    /// The fields that are not forwarded if the client has credentials, and if the proxy adds them.
    private let dropped: Set<String>
    private let droppedWithCredentials: Set<String>

    /// The destination of a request.
    package enum Destination: Sendable {
        /// A page of the proxy itself.
        case own(path: String)
        /// The org.
        case org(OutboundCall)
    }

    /// Creates a routing.
    ///
    /// - Parameters:
    ///   - secrets: The secrets of clients whose calls get the org's credentials; nil if clients have their own.
    ///   - wantsPlainBodies: Whether to request bodies without content coding from the org.
    ///   - keepsHost: Whether to forward `Host` unchanged, for an org that derives its own URL from it.
    package init(
        org: OrgAddress, names: ProxyNames = ProxyNames(), clients: ClientNaming = ClientNaming(),
        secrets: LocalSecrets? = nil, wantsPlainBodies: Bool = false, keepsHost: Bool = false
    ) {
        self.keepsHost = keepsHost
        dropped = keepsHost ? Self.dropped.union(["x-forwarded-proto"]) : Self.dropped
        droppedWithCredentials = dropped.union(["authorization", "dpop"])
        self.org = org
        self.names = names
        self.clients = clients
        self.secrets = secrets
        self.wantsPlainBodies = wantsPlainBodies
    }

    /// Returns the destination of a request.
    package func destination(of request: IncomingRequest) throws(ProxyFailure) -> Destination {
        try Self.check(request.method)
        let target = try target(of: request)
        if target.path == "/_proxy" || target.path.hasPrefix("/_proxy/") || target.path.hasPrefix("/_proxy?") {
            return .own(path: String(target.path.prefix { $0 != "?" }))
        }
        let proof = try secrets.map { secrets throws(ProxyFailure) in try secrets.proof(in: request.fields) }
        let client = try clients.identity(of: request, proven: proof?.name)
        let isInjected = proof.map { !$0.hasOwnAuthorization } ?? false
        var fields = HeadRules.forwarded(request.fields, dropping: isInjected ? droppedWithCredentials : dropped)
        if wantsPlainBodies {
            fields = HTTPFields(fields.filter { $0.name.canonicalName != "accept-encoding" })
            fields.add("Accept-Encoding", "identity")
        }
        if keepsHost, let host = request.fields.first("host"), let origin = names.origin(host: host) {
            fields.add("Host", host)
            fields.add("X-Forwarded-Proto", String(origin.prefix { $0 != ":" }))
        }
        fields.append(contentsOf: Self.via)
        let head = HTTPRequest(
            method: request.method, scheme: org.scheme, authority: org.authority, path: target.path,
            headerFields: fields)
        return .org(
            OutboundCall(
                head: head, path: RequestPath(stringLiteral: target.path), client: client, isInjected: isInjected,
                linkOrigin: target.linkOrigin))
    }

    private static func check(_ method: HTTPRequest.Method) throws(ProxyFailure) {
        if method == .connect {
            throw ProxyFailure(
                .noTunnels,
                "this proxy opens no tunnels (CONNECT), because it could not see the calls in them; give the client the "
                    + "proxy's address as the org's URL instead of as its proxy")
        }
        // A response to TRACE contains the request, including credentials.
        if method == .trace {
            throw ProxyFailure(
                .methodNotAllowed, "TRACE is not forwarded, because its response repeats the credentials")
        }
    }

    // MARK: Target

    /// Returns the path with its query, and the origin for links in the response; nil to keep them.
    private func target(
        of request: IncomingRequest
    ) throws(ProxyFailure) -> (path: String, linkOrigin: String?) {
        guard !request.target.contains("#") else {
            throw ProxyFailure(.malformedRequest, "the request target has a fragment, which is never sent")
        }
        if request.target.hasPrefix("/") {
            return (request.target, try linkOrigin(hosts: request.fields.values(of: "host")))
        }
        guard let end = request.target.firstRange(of: "://") else {
            throw ProxyFailure(.malformedRequest, "the request target is neither a path nor a URL")
        }
        let scheme = request.target[..<end.lowerBound].lowercased()
        let rest = request.target[end.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard scheme == "http" || scheme == "https", org.isNamed(by: authority, scheme: scheme) else {
            throw ProxyFailure(
                .foreignHost,
                "this proxy forwards only to \(org.origin); set no_proxy for other hosts, or start another proxy for them"
            )
        }
        let path = rest[authority.endIndex...]
        return (path.hasPrefix("/") ? String(path) : "/\(path)", "\(scheme)://\(authority)")
    }

    private func linkOrigin(hosts: [String]) throws(ProxyFailure) -> String? {
        guard hosts.count == 1, let host = hosts.first else {
            throw ProxyFailure(
                .malformedRequest, "the request has \(hosts.isEmpty ? "no" : "more than one") field Host")
        }
        // A client that uses the org's own host name, such as by DNS, keeps the org's links.
        if host == org.authority { return nil }
        if let origin = names.origin(host: host) { return keepsHost ? nil : origin }
        if org.isNamed(by: host, scheme: org.scheme) { return nil }
        throw ProxyFailure(
            .unknownHostName,
            "the field Host names neither this machine (127.0.0.1, localhost) nor the org; start the proxy with "
                + "--public-name and the name that clients use")
    }

    /// Connection-specific fields, those for the proxy, and those that it sets itself.
    private static let dropped: Set<String> = HeadRules.ofConnection.union([
        ClientIdentity.nameField, ClientIdentity.priorityField, LocalSecrets.field, "host", "expect", "content-length",
    ])

    private static let via = HTTPFields.single("Via", "1.1 okta-proxy")
}

/// A forwarded request without its body.
package struct OutboundCall: Sendable {
    /// The method, the URL and the header fields, without credentials if the proxy adds them.
    package var head: HTTPRequest
    /// The path of the head with its template, which is part of the name of a rate limit.
    package var path: RequestPath
    package var client: ClientIdentity
    /// Whether the proxy adds the org's credentials.
    package var isInjected: Bool
    /// The origin that replaces the org's in links of the response; nil to keep them.
    package var linkOrigin: String?

    /// The method and the path template, which identify a rate limit.
    package var bucket: String {
        "\(head.method.rawValue) \(path.template)"
    }
}

extension HTTPFields {
    fileprivate static func single(_ name: String, _ value: String) -> HTTPFields {
        var fields = HTTPFields()
        fields.add(name, value)
        return fields
    }
}
#endif
