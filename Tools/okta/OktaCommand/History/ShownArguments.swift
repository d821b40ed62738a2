/// A command line without secrets, for the command log.
package enum ShownArguments {
    /// Returns the words in shell syntax, with `***` instead of each secret.
    package static func text(_ arguments: [String]) -> String {
        masked(arguments).map(quoted).joined(separator: " ")
    }

    /// Returns the words without secrets.
    package static func masked(_ arguments: [String]) -> [String] {
        let isLogin = arguments.contains { $0 == "login" || $0 == "logout" }
        var shown: [String] = []
        var hidesNext: ((String) -> String)?
        for word in arguments {
            if let hide = hidesNext {
                shown.append(hide(word))
                hidesNext = nil
                continue
            }
            guard word.hasPrefix("--") else {
                shown.append(withoutSecretQuery(word))
                continue
            }
            let name = word.prefix { $0 != "=" }
            guard let hide = hiding(String(name), isLogin) else {
                shown.append(withoutSecretQuery(word))
                continue
            }
            if name.count < word.count {
                shown.append("\(name)=\(hide(String(word.dropFirst(name.count + 1))))")
            } else {
                shown.append(word)
                hidesNext = hide
            }
        }
        return shown
    }

    /// Returns a function that hides the secret in an option's value; nil if it has none.
    private static func hiding(_ option: String, _ isLogin: Bool) -> ((String) -> String)? {
        switch option {
        // A file name is not a secret.
        case "--body": return { $0.hasPrefix("@") || $0 == "-" ? $0 : "***" }
        case "--set":
            return { text in
                guard let equals = text.firstIndex(of: "=") else { return "***" }
                let field = text[..<equals]
                return isSecret(String(field)) ? "\(field)=***" : text
            }
        case "--to": return withoutPassword
        // For `login` these are flags, or take a file name.
        case "--token", "--private-key", "--revoke-api-token": return isLogin ? nil : { _ in "***" }
        default: return isSecret(option) ? { $0.hasPrefix("@") ? $0 : "***" } : nil
        }
    }

    /// Returns whether a name, or a part of a dotted path, is that of a secret.
    private static func isSecret(_ name: String) -> Bool {
        name.split(separator: ".").contains { SecretNames.ofCommandLines.isSecret(String($0)) }
    }

    /// Returns a URL without its password.
    private static func withoutPassword(_ text: String) -> String {
        guard let start = text.firstRange(of: "://")?.upperBound, let at = text[start...].lastIndex(of: "@"),
            let colon = text[start..<at].firstIndex(of: ":")
        else {
            return text.lowercased().contains("password") ? "***" : text
        }
        return text[...colon] + "***" + text[at...]
    }

    /// Returns a path without secrets in its query.
    private static func withoutSecretQuery(_ text: String) -> String {
        guard text.contains("/"), let mark = text.firstIndex(of: "?") else { return text }
        let parts = text[text.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false).map {
            part in
            let name = part.prefix { $0 != "=" }
            return name.count < part.count && isSecret(String(name)) ? "\(name)=***" : String(part)
        }
        return text[...mark] + parts.joined(separator: "&")
    }

    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_./:=@,+%".utf8.contains(byte)
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
