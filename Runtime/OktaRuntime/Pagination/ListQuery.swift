/// What a list is read with: shared by its sequences of elements, of pages, and its tail.
struct ListQuery: Sendable {
    let client: OktaClient
    let request: OktaRequest
    let layout: ListLayout
    var start: PageCursor?
    /// Whether a page is fetched while the caller works on the one before it.
    var isFetchingAhead = true

    /// Fetches one page and takes its body apart.
    func fetch(_ request: OktaRequest) async throws(OktaError) -> ListAnswer {
        try ListAnswer(await client.send(request), layout: layout)
    }
}

extension ListQuery: CustomStringConvertible, CustomReflectable {
    /// The path only; the query may hold a search for personal data.
    var description: String { "ListQuery(\(request.pathOnly))" }

    /// A mirror without children: a list or a tail that is dumped shows no more than the path.
    var customMirror: Mirror { Mirror(self, children: []) }
}
