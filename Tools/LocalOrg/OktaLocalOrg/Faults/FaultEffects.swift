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

    /// Spoils an answer.
    func spoil(_ response: inout LocalResponse, origin: String) {
        switch self {
        case .rateLimit, .concurrencyLimit, .internalError, .readOnly, .cutConnection, .halfBody: break
        case .badGateway:
            response.status = 502
            response.body = []
            response.headers.removeAll { $0.name == "content-type" }
        case .html:
            response.body = Array("<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>".utf8)
            response.headers.removeAll { $0.name == "content-type" }
            response.headers.append(("content-type", "text/html"))
        case .repeatedCursor:
            let own = response.headers.first { $0.name == "link" && $0.value.hasSuffix("rel=\"self\"") }?.value
            response.headers = response.headers.map { field in
                guard field.name == "link", field.value.hasSuffix("rel=\"next\""), let own else { return field }
                return ("link", own.dropLast(10) + "rel=\"next\"")
            }
        case .adminLinks:
            response.headers = response.headers.map { field in
                guard field.name == "link", let dot = origin.firstIndex(of: ".") else { return field }
                let admin = origin[..<dot] + "-admin" + origin[dot...]
                return (
                    "link",
                    field.value.hasPrefix("<" + origin)
                        ? "<" + admin + field.value.dropFirst(origin.count + 1) : field.value
                )
            }
        case .nextFirst:
            let links = response.headers.filter { $0.name == "link" }
            response.headers.removeAll { $0.name == "link" }
            response.headers += links.reversed()
        case .emptyPage:
            if response.body.first == UInt8(ascii: "[") { response.body = Array("[]".utf8) }
        case .unknownEnum, .numbersForTexts:
            guard let json = try? JSON(parsing: response.body) else { return }
            response.body = spoilt(json).bytes
        }
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
