#if LocalOrg
import OktaRuntime

/// The commands of a token inline hook: operations of JSON Patch (RFC 6902) on claims, and new lifetimes. If one of them
/// cannot be performed, none is.
enum TokenPatch {
    struct Failure: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    private enum Operation: String { case add, replace, remove }

    /// The claims of a kind of token that a hook cannot change.
    private struct Reserved {
        let names: Set<String>
        /// Claims that a hook can change but not remove.
        var kept: Set<String> = []

        static let access = Reserved(
            names: [
                "acr", "as_uri", "auth_time", "authorization_details", "cid", "cnf", "exp", "groups", "iat", "iss",
                "jti",
                "rpt", "rsi", "scp", "sid", "token_type", "uid", "username", "ver",
            ], kept: ["aud", "sub"])

        static let identity = Reserved(names: [
            "acr", "active", "aid", "amr", "app_id", "app_type", "at_hash", "aud", "auth_time", "c_hash", "cid",
            "client_id", "client_ip", "client_req_id", "client_type", "client_user_agent", "cnf", "device_compliance",
            "device_id", "device_known", "device_managed", "device_name", "device_trust", "did", "dst", "exp", "group",
            "groups", "hotk", "iat", "idp", "idp_iss", "iss", "jti", "mac_key", "may_act", "nonce", "oid",
            "okta_emailVerified", "okta_lastUpdated", "orig", "permissions", "purpose", "pwd_exp_days", "pwd_exp_time",
            "rid", "role", "scope", "scopes", "sid", "sub", "term", "token_type", "user_ip", "ver",
        ])
    }

    private static let lifetimePath = "/token/lifetime/expiration"
    /// A lifetime is five minutes to a day.
    private static let lifetimes = 300...86_400
    /// The maximum number of steps of a path, so that claims cannot be nested without limit.
    private static let maximumPathLength = 64

    /// Returns the tokens with all commands of a response performed.
    static func applied(_ response: JSON, to drafts: TokenDrafts) throws(Failure) -> TokenDrafts {
        var drafts = drafts
        guard let commands = response["commands"], commands.kind != .null else { return drafts }
        guard let list = commands.elements else { throw Failure("The commands are not a list.") }
        for command in list {
            switch command.text("type") {
            case "com.okta.access.patch": try apply(command, to: &drafts.access, .access)
            case "com.okta.identity.patch": try apply(command, to: &drafts.identity, .identity)
            default: throw Failure("The command is not supported: \(command.text("type") ?? "")")
            }
        }
        return drafts
    }

    private static func apply(
        _ command: JSON, to draft: inout TokenDraft?, _ reserved: Reserved
    ) throws(Failure) {
        guard var changed = draft else {
            throw Failure("The command is for a token that was not requested: \(command.text("type") ?? "")")
        }
        guard let operations = command["value"]?.elements else {
            throw Failure("The value of a command is not a list of operations.")
        }
        for operation in operations { try perform(operation, on: &changed, reserved) }
        draft = changed
    }

    private static func perform(_ json: JSON, on draft: inout TokenDraft, _ reserved: Reserved) throws(Failure) {
        guard let name = json.text("op"), let operation = Operation(rawValue: name) else {
            throw Failure("The operation is not supported: \(json.text("op") ?? "")")
        }
        let path = json.text("path") ?? ""
        let value = json["value"]
        if path == lifetimePath {
            guard operation == .replace, let seconds = value?.int, lifetimes.contains(seconds) else {
                throw Failure("A lifetime can only be replaced, by 300 to 86400 seconds.")
            }
            draft.lifetime = seconds
            return
        }
        let steps = steps(of: path)
        guard steps.count > 1, steps.count <= maximumPathLength, steps.first == "claims" else {
            throw Failure("The path is not supported: \(path)")
        }
        let claim = steps[1]
        let removesClaim = operation == .remove && steps.count == 2
        guard !reserved.names.contains(claim), !(removesClaim && reserved.kept.contains(claim)) else {
            throw Failure("The claim is reserved: \(claim)")
        }
        if operation == .remove {
            guard value == nil || value?.kind == .null else { throw Failure("A removal has no value: \(path)") }
        } else if value == nil {
            throw Failure("The operation has no value: \(path)")
        }
        guard edit(&draft.claims, steps.dropFirst(), operation, value ?? .null) else {
            throw Failure("The path does not exist in the token: \(path)")
        }
    }

    /// Returns the steps of a JSON Pointer (RFC 6901); none if it is not one.
    private static func steps(of path: String) -> [String] {
        guard path.hasPrefix("/") else { return [] }
        return path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0.replacing("~1", with: "/").replacing("~0", with: "~"))
        }
    }

    /// Performs an operation, and returns whether its target exists.
    private static func edit(
        _ container: inout JSON, _ steps: ArraySlice<String>, _ operation: Operation, _ value: JSON
    ) -> Bool {
        guard let step = steps.first else { return false }
        let rest = steps.dropFirst()
        switch container.kind {
        case .object: return edit(member: step, of: &container, rest, operation, value)
        case .array:
            var elements = container.elements ?? []
            let isAdded = operation == .add && rest.isEmpty
            let index = step == "-" && isAdded ? elements.count : Int(step) ?? -1
            guard index >= 0, index < elements.count + (isAdded ? 1 : 0) else { return false }
            if !rest.isEmpty {
                guard edit(&elements[index], rest, operation, value) else { return false }
            } else {
                switch operation {
                case .add: elements.insert(value, at: index)
                case .replace: elements[index] = value
                case .remove: elements.remove(at: index)
                }
            }
            container = JSON(elements)
            return true
        default: return false
        }
    }

    private static func edit(
        member name: String, of container: inout JSON, _ rest: ArraySlice<String>, _ operation: Operation,
        _ value: JSON
    ) -> Bool {
        guard var inner = container[name] else {
            guard operation == .add, rest.isEmpty else { return false }
            container[name] = value
            return true
        }
        if !rest.isEmpty {
            guard edit(&inner, rest, operation, value) else { return false }
            container[name] = inner
        } else if operation == .remove {
            container[name] = nil as JSON?
        } else {
            container[name] = value
        }
        return true
    }
}
#endif
