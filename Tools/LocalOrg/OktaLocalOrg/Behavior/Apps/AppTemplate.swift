import OktaRuntime

/// Templates for the user names of apps, such as `${source.login}` and `${fn:substringBefore(user.email, "@")}`.
struct AppTemplate: Sendable {
    let user: UserRecord
    let org: OrgState
    /// The user's name in the app; nil while it is computed.
    var userName: String?
    /// The user's profile in the app.
    var appProfile: JSON?

    /// The variables of expressions about a user of an app.
    private struct Scope: ExpressionScope {
        let template: AppTemplate

        func attribute(_ name: String) -> ExpressionValue {
            if name == "userName", let own = template.userName { return .text(own) }
            return UserScope(user: template.user, org: template.org).attribute(name)
        }

        func groupNames() -> [(id: String, name: String)] {
            UserScope(user: template.user, org: template.org).groupNames()
        }
    }

    /// Returns the result of a template; nil if an expression in it is invalid or has no value.
    func text(_ template: String) -> String? {
        var output = ""
        var rest = template[...]
        while let start = rest.firstRange(of: "${") {
            output += rest[..<start.lowerBound]
            let inner = rest[start.upperBound...]
            guard let end = inner.firstIndex(of: "}"), let value = value(String(inner[..<end]))?.text else {
                return nil
            }
            output += value
            rest = inner[inner.index(after: end)...]
        }
        return output + rest
    }

    /// Returns the value of an expression; nil if it is invalid.
    func value(_ expression: String) -> ExpressionValue? {
        let text = String(expression.drop(while: \.isWhitespace))
        if let name = Self.word(text, behind: "appuser.") {
            if name == "userName" { return userName.map { .text($0) } ?? .null }
            return appProfile?[name].map { ExpressionValue($0) } ?? .null
        }
        // Templates call the user `source` and use the short names of functions.
        var common = text.replacing("source.", with: "user.").replacing("fn:", with: "")
        for name in Self.functions where common.contains(name + "(") {
            common = common.replacing(name + "(", with: "String.\(name)(")
                .replacing("String.String.", with: "String.")
        }
        return (try? ExpressionParser.parse(common)).map { $0.evaluate(Scope(template: self)) }
    }

    private static let functions = [
        "substringBefore", "substringAfter", "substring", "toUpperCase", "toLowerCase", "replace", "append",
        "removeSpaces",
    ]

    private static func word(_ text: String, behind prefix: String) -> String? {
        guard text.hasPrefix(prefix) else { return nil }
        let rest = text.dropFirst(prefix.count)
        return rest.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? String(rest) : nil
    }

    /// Returns the user name for a user in an app.
    static func userName(of user: UserRecord, in app: JSON, _ org: OrgState) -> JSON {
        let template = app.text("credentials.userNameTemplate.template") ?? ""
        let own = AppTemplate(user: user, org: org)
        // A template without `${` is a single expression.
        let made = template.contains("${") ? own.text(template) : own.value(template)?.text
        if let made, !made.isEmpty { return JSON(made) }
        return user.profile["login"]?.json ?? .null
    }
}
