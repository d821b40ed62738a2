import OktaRuntime

extension Fault.Kind {
    /// Returns the error instead of the operation's response; nil if the operation runs and its response is modified.
    func refusal() -> OrgFault? {
        switch self {
        case .rateLimit, .concurrencyLimit, .gatewayRateLimit: .rateLimited
        case .internalError: .internalError
        case .readOnly: .readOnly
        case .reconciling: .reconciling
        case .invalidToken: .invalidToken
        default: nil
        }
    }

    /// Modifies the response to a request for `url`.
    ///
    /// - Parameter milliseconds: The wait that the fault demands of clients.
    func spoil(_ response: inout LocalResponse, url: String, milliseconds: Int) {
        switch self {
        case .rateLimit, .concurrencyLimit, .internalError, .readOnly, .reconciling, .invalidToken, .cutConnection,
            .halfBody, .delay:
            break
        case .badGateway: empty(&response, status: 502)
        case .gatewayTimeout: empty(&response, status: 504)
        case .emptyBody: response.body = []
        case .gatewayRateLimit:
            empty(&response, status: 429)
            response.headers.removeAll { Self.isOktaField($0.name) }
            response.headers.append(("retry-after", String(max(1, (milliseconds + 999) / 1000))))
        case .noLimits: response.headers.removeAll { $0.name.lowercased().hasPrefix("x-rate-limit-") }
        case .html:
            response.body = Array("<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>".utf8)
            response.headers.removeAll { HeaderName.same($0.name, "content-type") }
            response.headers.append(("content-type", "text/html"))
        case .repeatedCursor: setNext(url, of: &response)
        case .adminLinks:
            response.headers = response.headers.map { name, value in
                (name, HeaderName.same(name, "link") ? Self.onAdminHost(value) : value)
            }
        case .nextFirst:
            let links = response.headers.filter { HeaderName.same($0.name, "link") }
            response.headers.removeAll { HeaderName.same($0.name, "link") }
            response.headers += links.reversed()
        case .joinedLinks:
            let links = response.headers("link")
            response.headers.removeAll { HeaderName.same($0.name, "link") }
            if !links.isEmpty { response.headers.append(("link", links.joined(separator: ", "))) }
        case .otherPath:
            response.headers = response.headers.map { name, value in
                let isNext = HeaderName.same(name, "link") && value.hasSuffix("rel=\"next\"")
                return (name, isNext ? Self.withoutLastSegment(value) : value)
            }
        case .emptyPage:
            // The next page starts where this one would have, so no element is lost.
            guard let json = try? JSON(parsing: response.body) else { return }
            if json.kind == .array {
                response.body = Array("[]".utf8)
            } else if let list = json.members?.first(where: { $0.value.kind == .array }) {
                var json = json
                json[list.key] = []
                response.body = json.bytes
            } else {
                return
            }
            setNext(url, of: &response)
        case .nullMembers:
            guard let json = try? JSON(parsing: response.body) else { return }
            if let elements = json.elements, let first = elements.first {
                response.body = JSON([Self.nulled(first)] + elements.dropFirst()).bytes
            } else {
                response.body = Self.nulled(json).bytes
            }
        case .unknownEnum, .numbersForTexts:
            guard let json = try? JSON(parsing: response.body) else { return }
            response.body = spoilt(json).bytes
        }
    }

    private func empty(_ response: inout LocalResponse, status: Int) {
        response.status = status
        response.body = []
        response.headers.removeAll { HeaderName.same($0.name, "content-type") }
    }

    private static func isOktaField(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("x-rate-limit-") || name.hasPrefix("x-okta-")
    }

    private static func nulled(_ json: JSON) -> JSON {
        guard let members = json.members else { return json }
        return JSON(members: members.map { ($0.key, $0.key == "id" ? $0.value : .null) })
    }

    /// Turns `<…/api/v1/groups/1/users?after=…>` into `<…/api/v1/users?after=…>`. An org has been observed to send
    /// such links.
    private static func withoutLastSegment(_ link: String) -> String {
        let url = link.prefix { $0 != "?" && $0 != ">" }
        let segments = url.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count > 5, let name = segments.last else { return link }
        return segments.prefix(5).joined(separator: "/") + "/" + name + link[url.endIndex...]
    }

    private func setNext(_ url: String, of response: inout LocalResponse) {
        response.headers.removeAll { HeaderName.same($0.name, "link") && $0.value.hasSuffix("rel=\"next\"") }
        response.headers.append(("link", "<\(url)>; rel=\"next\""))
    }

    /// Turns `https://acme.okta.com/…` into `https://acme-admin.okta.com/…`. IP addresses are kept.
    private static func onAdminHost(_ link: String) -> String {
        guard link.hasPrefix("<"), let start = link.firstRange(of: "://")?.upperBound else { return link }
        let host = link[start...].prefix { $0 != "/" && $0 != ">" && $0 != "?" }
        let label = host.prefix { $0 != "." && $0 != ":" }
        let isAddress = host.hasPrefix("[") || label.allSatisfy(\.isNumber)
        let admin = isAddress ? "local-admin.okta.com" : label + "-admin" + host.dropFirst(label.count)
        return link[..<start] + admin + link[host.endIndex...]
    }

    private func spoilt(_ json: JSON) -> JSON {
        switch json.kind {
        case .array: return JSON((json.elements ?? []).map(spoilt))
        case .object:
            return JSON(
                members: (json.members ?? []).map { name, value in
                    if self == .unknownEnum, ["status", "type", "signOnMode"].contains(name), value.string != nil {
                        return (name, "A_VALUE_OF_TOMORROW")
                    }
                    if self == .numbersForTexts, name == "profile" {
                        return (
                            name,
                            JSON(
                                members: (value.members ?? []).map {
                                    ($0.key, $0.value.string == nil ? $0.value : 4711)
                                })
                        )
                    }
                    return (name, spoilt(value))
                })
        default: return json
        }
    }
}
