import OktaCatalog

/// Writes the documentation of a function.
struct FunctionDocumentation {
    let function: PlannedFunction
    let arguments: [FunctionArgument]

    func print(to printer: inout CodePrinter) {
        let action = function.action
        printer.document(action.summary)
        printer.document("")
        if let discussion = action.discussion {
            printer.document(discussion)
            printer.document("")
        }
        var facts: [DocText] = []
        if let (method, path) = action.operation { facts.append(DocText.code("\(method.rawValue) \(path)")) }
        if !action.scopes.isEmpty {
            let scopes = action.scopes.map(DocText.code).joined(separator: ", ")
            facts.append("\(action.scopes.count == 1 ? "scope" : "scopes") \(scopes)")
        }
        switch action.lifecycle {
        case .generallyAvailable: break
        case .limited: facts.append("not available in every org")
        case .earlyAccess: facts.append("early access")
        case .beta: facts.append("beta")
        }
        if let reference = function.reference { facts.append(DocText.link("Reference", to: reference)) }
        if !facts.isEmpty {
            printer.document(facts.joined(separator: " · "))
            printer.document("")
        }
        for sentence in requirements {
            printer.document(sentence)
            printer.document("")
        }
        if !action.aliases.isEmpty {
            let names = action.aliases.map(DocText.code).joined(separator: ", ")
            printer.document("Also listed as \(names).")
            printer.document("")
        }
        printParameters(to: &printer)
        printResult(to: &printer)
    }

    /// What the call needs other than a token of the org.
    private var requirements: [DocText] {
        let action = function.action
        var sentences: [DocText] = []
        switch action.authorization {
        case nil: break
        case .anonymous: sentences.append("Needs no token, and sends none.")
        case .client:
            sentences.append("Authenticates with the OAuth 2.0 client, and does not send the token of the org.")
        case .oauth2:
            let scopes = action.scopes.map(DocText.code).joined(separator: " or ")
            let token: DocText = scopes.isEmpty ? "token" : "token with \(scopes)"
            sentences.append("Needs an OAuth 2.0 access \(token); API tokens are refused.")
        case .apiToken: sentences.append("Needs an API token; OAuth 2.0 access tokens are refused.")
        }
        if let prefix = action.hostPrefix {
            let host = DocText.code("\(prefix).acme.okta.com")
            let condition: DocText = "The client's org URL must be of an Okta domain."
            sentences.append("The call goes to another host of the org, such as \(host). \(condition)")
        }
        return sentences
    }

    private func printParameters(to printer: inout CodePrinter) {
        if arguments.count == 1, let item = arguments.first {
            printer.document("- Parameter \(item.name): \(item.documentation)", hanging: 2)
        } else if !arguments.isEmpty {
            printer.document("- Parameters:")
            for item in arguments { printer.document("  - \(item.name): \(item.documentation)", hanging: 4) }
        }
    }

    private func printResult(to printer: inout CodePrinter) {
        switch function.result {
        case .none: break
        case .paged:
            var text: DocText = "- Returns: The items, fetched page by page; iterating throws `OktaError`."
            if let items = function.action.pageItems {
                text = "\(text) A page's `body` has the object around its \(DocText.code(items))."
            }
            printer.document(text, hanging: 2)
        case .value(let type), .scalar(let type):
            // The declaration shows the type of a response that has only one.
            guard !function.otherReturns.isEmpty else { return }
            let others: [DocText] = function.otherReturns.map { "; with status \($0.status), \($0.type.phrase)" }
            printer.document("- Returns: \(type.phrase)\(others.joined()).", hanging: 2)
        case .bytes:
            printer.document("- Returns: The body's bytes as \(DocText.code(function.accept ?? "")).", hanging: 2)
        case .generic: printer.document("- Returns: The complete response.", hanging: 2)
        }
    }
}
