import OktaRuntime

extension Fault.Kind {
    /// The answer that stands for the operation's; nil when the operation runs and its answer is spoilt afterwards.
    func refusal() -> OrgFault? {
        switch self {
        case .rateLimit, .concurrencyLimit: .rateLimited
        case .internalError: .internalError
        case .readOnly: .readOnly
        default: nil
        }
    }

    /// Spoils an answer to a request for `url`.
    func spoil(_ response: inout LocalResponse, url: String) {
        switch self {
        case .rateLimit, .concurrencyLimit, .internalError, .readOnly, .cutConnection, .halfBody, .delay: break
        case .badGateway:
            response.status = 502
            response.body = []
            response.headers.removeAll { HeaderName.same($0.name, "content-type") }
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
        case .emptyPage:
            // The next page begins where this one would have begun, so that nothing is lost.
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
        case .unknownEnum, .numbersForTexts:
            guard let json = try? JSON(parsing: response.body) else { return }
            response.body = spoilt(json).bytes
        }
    }

    private func setNext(_ url: String, of response: inout LocalResponse) {
        response.headers.removeAll { HeaderName.same($0.name, "link") && $0.value.hasSuffix("rel=\"next\"") }
        response.headers.append(("link", "<\(url)>; rel=\"next\""))
    }

    /// `https://acme-admin.okta.com/…` of `https://acme.okta.com/…`. An address has no name to change.
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
