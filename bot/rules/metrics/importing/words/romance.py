"""What stands over the columns of exports in Spanish, Portuguese, French and Italian. Accents are of no matter."""

from collections.abc import Mapping

from bot.rules.metrics.importing.recognising.roles import Role

ROMANCE: Mapping[Role, tuple[str, ...]] = {
    Role.KEY: (
        "id llamada", "id de llamada", "id de la llamada", "numero de ticket", "numero de caso", "folio", "id ticket", "id do chamado",
        "numero do chamado", "protocolo", "id chamada", "id de l appel", "id appel", "numero de dossier", "numero du ticket", "id chiamata",
        "numero ticket", "numero pratica", "ticker",
        "id chamado", "id atendimento", "nro ticket", "numero chamado",
    ),
    Role.DAY: (
        "fecha", "fecha de creacion", "fecha creacion", "fecha de apertura", "fecha apertura", "fecha de llamada", "fecha de la llamada", "creado",
        "fecha y hora", "dia", "data", "data abertura", "data de abertura", "data de criacao", "data criacao", "data da chamada", "data da ligacao",
        "criado em", "aberto em", "date de creation", "date creation", "date d appel", "date de l appel", "date d ouverture", "date ouverture", "cree le",
        "jour", "data apertura", "data di apertura", "data creazione", "data di creazione", "data chiamata", "giorno",
        "inicio", "fecha inicio", "data inicio", "data hora", "periodo", "competencia", "fecha registro", "data registro",
    ),
    Role.TIME: ("hora", "hora de llamada", "hora da chamada", "heure", "heure d appel", "heure de l appel", "ora", "ora chiamata"),
    Role.PERSON: (
        "agente", "nombre del agente", "nombre agente", "asesor", "ejecutivo", "operador", "asignado a", "responsable", "tecnico", "atendente",
        "nome do agente", "nome do atendente", "operador responsavel", "atribuido a", "responsavel", "conseiller", "nom de l agent", "operateur",
        "assigne a", "teleconseiller", "operatore", "assegnato a", "nome agente", "nome operatore", "responsabile",
        "colaborador", "login", "avayalogin", "avaya login", "login agente", "id agente", "matricula", "analista responsavel", "funcionario", "tecnico responsavel",
        "atribuido para", "atribuido para tecnico", "asignado a tecnico", "attribue a technicien", "assegnato a tecnico",
    ),
    Role.TEAM: (
        "equipo", "grupo", "cola", "departamento", "area", "equipe", "fila", "setor", "groupe", "file d attente", "service", "squadra", "gruppo", "coda",
        "reparto",
        "atribuido para grupo tecnico", "asignado a grupo de tecnicos", "attribue a groupe de techniciens", "grupo tecnico",
    ),
    Role.CHANNEL: ("canal", "canal de contacto", "medio de contacto", "canal de atencion", "canal de atendimento", "canal de contact", "canale", "canale di contatto"),
    Role.TOPIC: (
        "tema", "motivo", "motivo de contacto", "motivo de llamada", "categoria", "tipo de ticket", "tipo de caso", "assunto", "motivo do contato",
        "motif", "motif d appel", "categorie", "sujet", "argomento", "motivo di contatto", "motivo chiamata",
    ),
    Role.STATUS: ("estado", "estatus", "estado del ticket", "situacao", "statut", "etat", "stato"),
    Role.CONTACTS: (
        "llamadas", "llamadas entrantes", "llamadas recibidas", "llamadas ofrecidas", "contactos", "chamadas", "chamadas recebidas", "chamadas oferecidas",
        "ligacoes", "ligacoes recebidas", "contatos", "appels", "appels entrants", "appels recus", "appels presentes", "chiamate", "chiamate ricevute",
        "chiamate entranti", "chiamate offerte",
        "atendimentos", "interacoes", "interacciones", "chamados", "total interacciones", "demandas recebidas",
    ),
    Role.ANSWERED: (
        "respondido", "respondida", "contestada", "contestadas", "llamadas contestadas", "llamadas atendidas", "llamadas respondidas", "atendida", "atendidas",
        "atendido", "chamadas atendidas", "ligacoes atendidas", "chamadas respondidas", "repondu", "appels repondus", "appels traites", "appels decroches",
        "risposto", "risposta", "chiamate risposte",
    ),
    Role.ABANDONED: (
        "abandonada", "abandonadas", "abandonado", "llamadas abandonadas", "llamadas perdidas", "chamadas abandonadas", "ligacoes abandonadas",
        "chamadas perdidas", "abandonne", "appels abandonnes", "appels perdus", "abbandonata", "chiamate abbandonate", "chiamate perse",
    ),
    Role.SERVICE_LEVEL: (
        "nivel servicio", "nivel de servicio", "nivel de servicio %", "% nivel de servicio", "nivel de servico", "niveau de service", "taux de service", "livello di servizio",
    ),
    Role.TRANSFERRED: ("transferida", "transferidas", "llamadas transferidas", "chamadas transferidas", "appels transferes", "trasferite", "chiamate trasferite", "transf"),
    Role.ESCALATED: ("escalado", "escalada", "escalonado", "escale"),
    Role.RESOLVED: ("resuelto", "resuelta", "solucionado", "resueltos", "resolvido", "resolvida", "resolvidos", "resolu", "resolus", "risolto", "risolti"),
    Role.FIRST_CONTACT: ("resuelto en primer contacto", "resolucion en primer contacto", "resolvido no primeiro contato"),
    Role.WAIT: (
        "tiempo de espera", "tiempo en cola", "velocidad de respuesta", "tempo de espera", "tempo em fila", "tempo de fila", "temps d attente", "duree d attente",
        "tempo di attesa", "tempo di risposta operatore",
    ),
    Role.TALK: (
        "tiempo de conversacion", "tiempo de habla", "tiempo hablado", "duracion de la llamada", "duracion de llamada", "duracion llamada", "duracion",
        "tempo de conversa", "tempo de conversacao", "duracao da chamada", "duracao da ligacao", "duracao", "temps de conversation", "duree de conversation",
        "duree de l appel", "duree d appel", "duree", "tempo di conversazione", "durata della chiamata", "durata chiamata", "durata",
    ),
    Role.HOLD: ("tiempo en retencion", "tiempo de retencion", "tiempo en pausa", "tempo em retencao", "temps de mise en attente", "tempo di messa in attesa"),
    Role.WRAP: ("trabajo posterior a la llamada", "tiempo de cierre", "tiempo de tipificacion", "pos atendimento", "post appel", "temps de post appel", "post chiamata"),
    Role.HANDLED: ("gestionadas", "llamadas gestionadas", "gerenciadas", "traites", "gestite", "chiamate gestite"),
    Role.HANDLE: (
        "tiempo de gestion", "tiempo de operacion", "tiempo de manejo", "tempo de atendimento", "tempo de tratamento", "temps de traitement",
        "duree de traitement", "tempo di gestione",
    ),
    Role.MEAN_WAIT: (
        "tiempo medio de espera", "tiempo promedio de espera", "velocidad media de respuesta", "velocidad promedio de respuesta", "tme", "tempo medio de espera",
        "temps moyen d attente", "tempo medio di attesa",
    ),
    Role.MEAN_TALK: (
        "duracion promedio de la llamada", "duracion media de la llamada", "duracion promedio", "duracion media", "tiempo promedio de conversacion",
        "tiempo medio de conversacion", "duracao media da chamada", "duracao media", "tempo medio de conversa", "duree moyenne de conversation",
        "duree moyenne des appels", "duree moyenne", "durata media", "durata media chiamata", "tempo medio di conversazione",
    ),
    Role.MEAN_HANDLE: (
        "tmo", "tma", "dmt", "tiempo medio de operacion", "tiempo promedio de operacion", "tiempo medio operativo", "tiempo medio de gestion", "tiempo promedio de atencion",
        "tiempo medio de atencion", "tempo medio de atendimento", "duree moyenne de traitement", "temps moyen de traitement", "tempo medio di gestione",
    ),
    Role.RATING: (
        "calificacion", "calificacion de satisfaccion", "satisfaccion", "satisfaccion del cliente", "valoracion", "puntuacion", "satisfacao", "avaliacao",
        "nota de satisfacao", "satisfacao do cliente", "note de satisfaction", "satisfaction client", "soddisfazione", "valutazione",
    ),
    Role.FIRST_RESPONSE_AT: ("fecha de primera respuesta", "fecha primera respuesta", "data da primeira resposta", "date de premiere reponse", "data prima risposta"),
    Role.FIRST_RESPONSE: (
        "tiempo de primera respuesta", "tiempo de respuesta", "primera respuesta", "tempo de primeira resposta", "tempo de resposta", "primeira resposta",
        "temps de premiere reponse", "delai de premiere reponse", "premiere reponse", "tempo di prima risposta", "tempo di risposta",
    ),
    Role.RESOLVED_AT: (
        "fecha de resolucion", "fecha resolucion", "fecha de solucion", "fecha solucion", "resuelto el", "fecha de cierre", "fecha cierre", "cerrado el",
        "data solucao", "data da solucao", "data de solucao", "data de resolucao", "data fechamento", "data de fechamento", "fechado em",
        "date de resolution", "date resolution", "resolu le", "date de cloture", "date cloture", "ferme le", "data risoluzione", "data di risoluzione",
        "data chiusura", "data di chiusura",
        "fin", "fecha fin", "data fim", "data conclusao", "data encerramento", "encerrado em", "concluido em",
    ),
    Role.FULL_RESOLUTION: (
        "tiempo de resolucion", "tiempo de solucion", "tempo de resolucao", "tempo de solucao", "temps de resolution", "delai de resolution",
        "tempo di risoluzione",
    ),
    Role.REOPENS: ("reaperturas", "reabierto", "reaberturas", "reaberto", "reouvertures", "riaperture"),
    Role.TARGET: ("cumple sla", "sla cumplido", "cumplimiento sla", "dentro do sla", "dentro del sla", "sla respecte", "sla rispettato"),
}  # fmt: skip
