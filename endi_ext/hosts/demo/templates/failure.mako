<%doc>Shown when something broke: without the layout, whose questions to the database might break too.</%doc>
<%page expression_filter="h"/>
<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>Une erreur s’est produite</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${request.static_path('endi_ext.hosts.demo:static/demo.css')}">
</head>
<body class="nobody">
  <div class="page">
    <main>
      <h1>Une erreur s’est produite</h1>
      <p>Rien de ce que vous demandiez n’a été enregistré. L’erreur est notée dans le journal du serveur.</p>
      <p><a class="btn" href="${request.route_path('/')}">Revenir à l’accueil</a></p>
    </main>
  </div>
</body>
</html>
