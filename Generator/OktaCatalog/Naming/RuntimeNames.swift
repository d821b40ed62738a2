/// The public names of the runtime, which nothing of a catalog can have where they would meet.
///
/// Written by `RuntimeNamesTests` from the symbols of the module, with OKTA_UPDATE_GOLDEN=1; otherwise they are compared.
enum RuntimeNames {
    /// What stands at the top level.
    static let types = names(
        """
        APITokenAuthorization ActionDescriptor ActionGroup ActionHelp ActionHelpIndex ActionRegistry
        AuthorizationContext BearerTokenAuthorization BodyStream CallCredentials CallPriority
        ClientAuthentication ClientObserver ConnectionCheck CurlTransport FileRateLimitStore FileStoreFailure
        HTTPTransport InProcessRateLimitStore JSON JSONConvertible LeaseExchange LeaseReply LeaseRequest
        MediaType ModelSchema ObservedCall ObservedStore OktaBase64 OktaClient OktaConfiguration OktaDate
        OktaDuration OktaEnum OktaError OktaErrorCode OktaForm OktaModel OktaOrganizations OktaRequest
        OktaResponse OktaSettings OktaStored OktaStream OpenEnum OpenModel PageCursor Paged ProfileSchema
        RateLimit RateLimitPolicy RateLimitSharing RateLimitStore RequestAuthorization RequestBody
        RequestHeaders RequestPath RequestQuery RetriedAttempt RetryPolicy ServerClock SharingProgram
        StatedLimit TailPosition TokenKind TransportError TransportRequest TransportResponse UploadFile
        """)

    /// The members of a client.
    static let clientMembers = names(
        """
        Options configuration customMirror debugDescription description pages perform request returnLeases
        send stream verifyConnection with withResponse
        """)

    /// What is read from a model by name.
    static let modelMembers = names(
        """
        json
        """)

    /// What a model's type has.
    static let modelTypeMembers = names(
        """
        blank jsonTypeName with
        """)

    /// The labels of what makes a model of JSON.
    static let modelInitializers = names(
        """
        json lenient
        """)

    /// What is read from a value of an enumeration by name, and what its type has.
    static let enumerationMembers = names(
        """
        description json jsonTypeName
        """)

    private static func names(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
