import OktaCatalog

/// Writes the documentation of a function.
struct FunctionDocumentation {
    let function: PlannedFunction
    let arguments: [FunctionArgument]

    func print(to printer: inout CodePrinter) {
        for (index, paragraph) in paragraphs.enumerated() {
            if index > 0 { printer.document("") }
            printer.document(paragraph)
        }
        guard !arguments.isEmpty || result != nil else { return }
        printer.document("")
        printParameters(to: &printer)
        if let result { printer.document(result, hanging: 2) }
    }

    private var paragraphs: [DocText] {
        let action = function.action
        var paragraphs = [action.summary, action.discussion].compactMap { $0 }
        let facts = facts
        if !facts.isEmpty { paragraphs.append(facts.joined(separator: " · ")) }
        paragraphs += requirements
        if !action.aliases.isEmpty {
            paragraphs.append("Also listed as \(action.aliases.map(DocText.code).joined(separator: ", ")).")
        }
        return paragraphs
    }

    private var facts: [DocText] {
        let action = function.action
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
        return facts
    }

    /// The requirements of the call other than a token of the org.
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

    /// The text about the result; nil if the declaration is sufficient.
    private var result: DocText? {
        switch function.result {
        case .none:
            return nil
        case .paged:
            let text: DocText = "- Returns: The items, fetched page by page; iterating throws `OktaError`."
            guard let items = function.action.pageItems else { return text }
            return "\(text) A page's `body` has the object around its \(DocText.code(items))."
        case .value(let type), .scalar(let type):
            // The declaration shows the type of a response that has only one.
            guard !function.otherReturns.isEmpty else { return nil }
            let others: [DocText] = function.otherReturns.map { "; with status \($0.status), \($0.type.phrase)" }
            return "- Returns: \(type.phrase)\(others.joined())."
        case .bytes:
            return "- Returns: The body's bytes as \(DocText.code(function.accept ?? ""))."
        case .generic:
            return "- Returns: The complete response."
        }
    }
}
