import Hummingbird

/// One request to the local API, with whom its token stands for.
struct LocalContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Set by `TokenMiddleware`.
    var scope = AccessScope.nobody

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}

/// Lets nobody through without a token, also to what does not exist.
struct TokenMiddleware: RouterMiddleware {
    let tokens: AccessTokens

    func handle(
        _ request: Request, context: LocalContext,
        next: (Request, LocalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.scope = tokens.scope(of: request.headers[.authorization])
        guard context.scope != .nobody else { throw AccessScope.unopened }
        return try await next(request, context)
    }
}
