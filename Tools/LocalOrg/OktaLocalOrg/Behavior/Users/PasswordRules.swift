import OktaRuntime

/// The org's requirements for passwords and security questions, by its default password policy.
enum PasswordRules {
    /// Returns the settings of the default password policy.
    private static func settings(_ org: OrgState) -> JSON {
        org.tables[Kinds.policies].first { $0.text("type") == "PASSWORD" && $0["system"]?.bool == true }?
            .json["settings"] ?? .emptyObject
    }

    /// Returns the number of consecutive failures that lock a user out; nil if none does.
    static func maximumAttempts(_ org: OrgState) -> Int? {
        settings(org)[path: "password.lockout.maxAttempts"]?.int.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Returns whether a locked-out user sees the lockout when signing in.
    static func showsLockout(_ org: OrgState) -> Bool {
        settings(org)[path: "password.lockout.showLockoutFailures"]?.bool == true
    }

    /// Returns the password complexity in the form of sign-ins.
    static func complexity(_ org: OrgState) -> JSON { settings(org)[path: "password.complexity"] ?? .emptyObject }

    /// Throws for a password that violates the policy.
    static func check(_ password: String, login: String?, _ org: OrgState) throws(OrgFault) {
        let rules = settings(org)[path: "password.complexity"] ?? .emptyObject
        let count = { (name: String) in rules[name]?.int ?? 0 }
        var wants: [String] = []
        var isMet = true
        func require(_ condition: Bool, _ text: String) {
            wants.append(text)
            if !condition { isMet = false }
        }
        func require(_ name: String, _ text: String, _ fits: (Character) -> Bool) {
            let least = count(name)
            if least > 0 { require(password.count(where: fits) >= least, text) }
        }
        let least = max(count("minLength"), 1)
        require(password.count >= least && password.utf8.count <= 72, "at least \(least) characters")
        require("minLowerCase", "a lowercase letter", \.isLowercase)
        require("minUpperCase", "an uppercase letter", \.isUppercase)
        require("minNumber", "a number", \.isNumber)
        require("minSymbol", "a symbol") { !$0.isLetter && !$0.isNumber && !$0.isWhitespace }
        if rules["excludeUsername"]?.bool == true {
            let parts = (login ?? "").lowercased().split { "@._-#".contains($0) }.filter { $0.count > 3 }
            let folded = password.lowercased()
            require(!parts.contains { folded.contains($0) }, "no parts of your username")
        }
        guard isMet else {
            throw .invalid(
                "password",
                "password: Password requirements were not met. Password requirements: \(wants.joined(separator: ", "))."
            )
        }
    }

    /// Throws for an invalid security question or answer.
    static func check(question: String?, answer: String?) throws(OrgFault) {
        if let question, question.isEmpty || question.count > 100 {
            throw .invalid(
                "recovery_question", "recovery_question: The security question must be between 1 and 100 characters")
        }
        guard let answer else { return }
        if answer.count < 4 || answer.count > 100 {
            throw .invalid(
                "recovery_question", "recovery_question: The security question answer must be at least 4 characters")
        }
        if let question, question.lowercased().contains(answer.lowercased()) {
            throw .invalid(
                "recovery_question", "recovery_question: The security question answer cannot be part of the question")
        }
    }
}
