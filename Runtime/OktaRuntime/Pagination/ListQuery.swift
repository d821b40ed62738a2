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
